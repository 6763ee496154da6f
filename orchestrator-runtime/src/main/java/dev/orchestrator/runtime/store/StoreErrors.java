package dev.orchestrator.runtime.store;

import java.util.List;

import dev.orchestrator.api.ApiException;
import dev.orchestrator.api.ApiException.Reason;
import dev.orchestrator.api.model.ObjectKey;
import dev.orchestrator.api.model.ResourceType;
import dev.orchestrator.api.model.meta.StatusCause;
import dev.orchestrator.api.model.meta.StatusDetails;
import dev.orchestrator.api.model.meta.StatusDetailsBuilder;
import org.jspecify.annotations.Nullable;

/** The refusals that only a store makes, worded as Kubernetes words them. */
final class StoreErrors {

    private StoreErrors() {}

    static ApiException versionOnCreate() {
        return ApiException.of(Reason.UNKNOWN, "resourceVersion should not be set on objects to be created");
    }

    static ApiException terminating(ResourceType<?> type, ObjectKey key) {
        return ApiException.of(
                Reason.ALREADY_EXISTS,
                "object is being deleted: " + type.qualifiedPlural() + " \"" + key.name() + "\" already exists",
                details(type, type.plural(), key),
                null);
    }

    static ApiException noFreeName(ResourceType<?> type, ObjectKey key) {
        return ApiException.of(
                Reason.ALREADY_EXISTS,
                type.qualifiedPlural() + " \"" + key.name()
                        + "\" already exists, the server was not able to generate a unique name for the object",
                StatusDetailsBuilder.builder(details(type, type.plural(), key))
                        .retryAfterSeconds(1)
                        .build(),
                null);
    }

    static ApiException claimed(ResourceType<?> type, ObjectKey key) {
        return ApiException.conflict(
                type, key, "an address or a port of it has been given to another object; please try again");
    }

    static ApiException noName(ResourceType<?> type) {
        var cause = new StatusCause(
                "metadata.name", "Required value: name or generateName is required", "FieldValueRequired");
        return ApiException.invalid(type, "", List.of(cause));
    }

    static ApiException otherUid(ResourceType<?> type, ObjectKey key, String wanted, String actual) {
        return ApiException.conflict(
                type,
                key,
                "StorageError: invalid object, Code: 4, Key: " + storageKey(type, key)
                        + ", ResourceVersion: 0, AdditionalErrorMsg: Precondition failed: UID in precondition: "
                        + wanted + ", UID in object meta: " + actual);
    }

    // Where Kubernetes keeps an object in etcd, for the kinds whose folder is not their plural name.
    private static String storageKey(ResourceType<?> type, ObjectKey key) {
        String folder = switch (type.kind()) {
            case "ReplicationController" -> "controllers";
            case "Service" -> "services/specs";
            case "Endpoints" -> "services/endpoints";
            case "Node" -> "minions";
            case "Ingress" -> "ingress";
            default -> type.plural();
        };
        return "/registry/" + folder + "/" + key;
    }

    static ApiException otherUidOnDelete(ResourceType<?> type, ObjectKey key, String wanted, String actual) {
        return onDelete(
                type,
                key,
                "the UID in the precondition (" + wanted + ") does not match the UID in record (" + actual
                        + "). The object might have been deleted and then recreated");
    }

    static ApiException otherVersionOnDelete(
            ResourceType<?> type, ObjectKey key, String wanted, @Nullable String actual) {
        return onDelete(
                type,
                key,
                "the ResourceVersion in the precondition (" + wanted
                        + ") does not match the ResourceVersion in record (" + actual
                        + "). The object might have been modified");
    }

    // Preconditions name the kind where all other conflicts name the plural.
    private static ApiException onDelete(ResourceType<?> type, ObjectKey key, String what) {
        return ApiException.of(
                Reason.CONFLICT,
                "Operation cannot be fulfilled on " + type.qualifiedKind() + " \"" + key.name() + "\": " + what,
                details(type, type.kind(), key),
                null);
    }

    static ApiException notAssignable(ObjectKey pod, String what) {
        return ApiException.of(
                Reason.CONFLICT,
                "Operation cannot be fulfilled on pods/binding \"" + pod.name() + "\": " + what,
                StatusDetailsBuilder.builder()
                        .name(pod.name())
                        .kind("pods/binding")
                        .build(),
                null);
    }

    static ApiException badVersion(String text) {
        return ApiException.of(Reason.UNKNOWN, unparsable(text));
    }

    static ApiException badListVersion(String text) {
        return ApiException.of(Reason.UNKNOWN, "resourceVersion: Invalid value: \"" + text + "\": " + unparsable(text));
    }

    private static String unparsable(String text) {
        return "strconv.ParseUint: parsing \"" + text + "\": invalid syntax";
    }

    static ApiException tooOld(long requested, long oldest) {
        return ApiException.of(Reason.EXPIRED, "too old resource version: " + requested + " (" + oldest + ")");
    }

    static ApiException tooOldForList() {
        return ApiException.of(Reason.EXPIRED, "The resourceVersion for the provided list is too old.");
    }

    static ApiException tooOldToContinue(ContinueToken inconsistent) {
        return ApiException.expired(
                "The provided continue parameter is too old to display a consistent list result. You can start a new"
                        + " list without the continue parameter, or use the continue token in this response to retrieve"
                        + " the remainder of the results. Continuing with the provided token results in an inconsistent"
                        + " list - objects that were created, modified, or deleted between the time the first chunk was"
                        + " returned and now may show up in the list.",
                inconsistent.encoded());
    }

    static ApiException versionWithContinue() {
        return ApiException.of(Reason.BAD_REQUEST, "specifying resource version is not allowed when using continue");
    }

    static ApiException tooLarge(long requested, long current) {
        return ApiException.of(
                Reason.TIMEOUT,
                "Timeout: Too large resource version: " + requested + ", current: " + current,
                StatusDetailsBuilder.builder()
                        .causes(List.of(new StatusCause(null, "Too large resource version", "ResourceVersionTooLarge")))
                        .retryAfterSeconds(1)
                        .build(),
                null);
    }

    static ApiException badContinue(String what) {
        return ApiException.of(Reason.BAD_REQUEST, "invalid continue token: continue key is not valid: " + what);
    }

    private static StatusDetails details(ResourceType<?> type, String kind, ObjectKey key) {
        return StatusDetailsBuilder.builder()
                .name(key.name())
                .group(type.group().isEmpty() ? null : type.group())
                .kind(kind)
                .build();
    }
}
