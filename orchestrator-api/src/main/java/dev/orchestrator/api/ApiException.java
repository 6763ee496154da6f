package dev.orchestrator.api;

import java.util.List;

import dev.orchestrator.api.model.ObjectKey;
import dev.orchestrator.api.model.ResourceType;
import dev.orchestrator.api.model.meta.ListMetaBuilder;
import dev.orchestrator.api.model.meta.Status;
import dev.orchestrator.api.model.meta.StatusBuilder;
import dev.orchestrator.api.model.meta.StatusCause;
import dev.orchestrator.api.model.meta.StatusDetails;
import dev.orchestrator.api.model.meta.StatusDetailsBuilder;
import org.jspecify.annotations.Nullable;

/**
 * A request that was refused, with the {@code Status} a Kubernetes API server would answer, word for word.
 *
 * <p>Nothing of a refused request has taken effect.
 */
public final class ApiException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Why a request was refused; each name is the {@code reason} of a Kubernetes {@code Status}. */
    public enum Reason {
        /** The object does not exist. */
        NOT_FOUND("NotFound", 404),
        /** An object of that name exists. */
        ALREADY_EXISTS("AlreadyExists", 409),
        /** The object has changed since it was read, or a precondition does not hold: read it again. */
        CONFLICT("Conflict", 409),
        /** Fields have values that are not allowed; the causes name each of them. */
        INVALID("Invalid", 422),
        /** A policy forbids it: quota, a terminating namespace, a user's admission plug-in. */
        FORBIDDEN("Forbidden", 403),
        /** The request makes no sense as it is. */
        BAD_REQUEST("BadRequest", 400),
        /** Nobody known has asked. */
        UNAUTHORIZED("Unauthorized", 401),
        /** The verb does not exist for this kind. */
        METHOD_NOT_ALLOWED("MethodNotAllowed", 405),
        /** None of the forms that the client accepts can be given. */
        NOT_ACCEPTABLE("NotAcceptable", 406),
        /** What was sent has a form that is not understood. */
        UNSUPPORTED_MEDIA_TYPE("UnsupportedMediaType", 415),
        /** What was sent is too large. */
        REQUEST_ENTITY_TOO_LARGE("RequestEntityTooLarge", 413),
        /** The revision asked for is no longer known: list again. */
        EXPIRED("Expired", 410),
        /** Too early or too often: try again later. */
        TOO_MANY_REQUESTS("TooManyRequests", 429),
        /** The answer did not come in time. */
        TIMEOUT("Timeout", 504),
        /** A bug of ours or of a plug-in. */
        INTERNAL_ERROR("InternalError", 500),
        /** Kubernetes gives none: the {@code Status} carries no reason. */
        UNKNOWN("", 500);

        private final String text;
        private final int code;

        Reason(String text, int code) {
            this.text = text;
            this.code = code;
        }

        /** {@return the reason as {@code Status} spells it} */
        public String text() {
            return text;
        }

        /** {@return the HTTP status code that goes with it} */
        public int code() {
            return code;
        }
    }

    private final Reason reason;
    private final transient Status status;

    private ApiException(Reason reason, Status status, @Nullable Throwable cause) {
        super(status.message(), cause);
        this.reason = reason;
        this.status = status;
    }

    /** {@return why the request was refused} */
    public Reason reason() {
        return reason;
    }

    /** {@return the full answer: message, reason, details with causes, code} */
    public Status status() {
        return status;
    }

    /** {@return the single field errors, each with its path; empty unless the reason is {@link Reason#INVALID}} */
    public List<StatusCause> causes() {
        StatusDetails details = status.details();
        return details == null ? List.of() : details.causes();
    }

    /** {@return a refusal with a message and nothing else} */
    public static ApiException of(Reason reason, String message) {
        return of(reason, message, null, null);
    }

    /** {@return a refusal with all its parts} */
    public static ApiException of(
            Reason reason, String message, @Nullable StatusDetails details, @Nullable Throwable cause) {
        return new ApiException(reason, failure(reason, message, details).build(), cause);
    }

    private static StatusBuilder failure(Reason reason, String message, @Nullable StatusDetails details) {
        return StatusBuilder.builder()
                .status("Failure")
                .message(message)
                .reason(reason.text().isEmpty() ? null : reason.text())
                .details(details)
                .code(reason.code());
    }

    /**
     * {@return the refusal to go on with a list whose revision is no longer known}
     *
     * @param continueToken goes on with the list all the same, as it is now
     */
    public static ApiException expired(String message, String continueToken) {
        Status status = failure(Reason.EXPIRED, message, null)
                .metadata(ListMetaBuilder.builder().continueToken(continueToken).build())
                .build();
        return new ApiException(Reason.EXPIRED, status, null);
    }

    /** {@return {@code pods "web-1" not found}} */
    public static ApiException notFound(ResourceType<?> type, ObjectKey key) {
        return about(Reason.NOT_FOUND, type, key, type.qualifiedPlural() + " \"" + key.name() + "\" not found");
    }

    /** {@return {@code pods "web-1" already exists}} */
    public static ApiException alreadyExists(ResourceType<?> type, ObjectKey key) {
        return about(
                Reason.ALREADY_EXISTS, type, key, type.qualifiedPlural() + " \"" + key.name() + "\" already exists");
    }

    /** {@return {@code Operation cannot be fulfilled on pods "web-1": ...}} */
    public static ApiException conflict(ResourceType<?> type, ObjectKey key, String what) {
        return about(
                Reason.CONFLICT,
                type,
                key,
                "Operation cannot be fulfilled on " + type.qualifiedPlural() + " \"" + key.name() + "\": " + what);
    }

    /** {@return the conflict of a write that carries an old resource version} */
    public static ApiException modified(ResourceType<?> type, ObjectKey key) {
        return conflict(
                type,
                key,
                "the object has been modified; please apply your changes to the latest version and try again");
    }

    /** {@return {@code pods "web-1" is forbidden: ...}} */
    public static ApiException forbidden(ResourceType<?> type, ObjectKey key, String what) {
        return about(
                Reason.FORBIDDEN, type, key, type.qualifiedPlural() + " \"" + key.name() + "\" is forbidden: " + what);
    }

    /**
     * {@return {@code Pod "web-1" is invalid: spec.containers: Required value}, or all causes in brackets}
     *
     * @param causes the field errors in the order Kubernetes reports them; at least one
     */
    public static ApiException invalid(ResourceType<?> type, String name, List<StatusCause> causes) {
        List<String> texts = causes.stream()
                .map(cause -> cause.field() + ": " + cause.message())
                .distinct()
                .toList();
        String joined = String.join(", ", texts);
        String message = type.qualifiedKind() + " \"" + name + "\" is invalid: "
                + (texts.size() > 1 ? "[" + joined + "]" : joined);
        StatusDetails details = StatusDetailsBuilder.builder()
                .name(name.isEmpty() ? null : name)
                .group(type.group().isEmpty() ? null : type.group())
                .kind(type.kind())
                .causes(causes)
                .build();
        return of(Reason.INVALID, message, details, null);
    }

    /**
     * {@return the refusal of the options of a request: {@code ListOptions.meta.k8s.io "" is invalid: ...}}
     *
     * @param kind the kind of the options
     * @param field the option
     * @param reason why, as a {@link StatusCause} says it
     */
    public static ApiException invalidOptions(String kind, String field, String reason, String message) {
        StatusDetails details = StatusDetailsBuilder.builder()
                .group("meta.k8s.io")
                .kind(kind)
                .causes(List.of(new StatusCause(field, message, reason)))
                .build();
        return of(Reason.INVALID, kind + ".meta.k8s.io \"\" is invalid: " + field + ": " + message, details, null);
    }

    private static ApiException about(Reason reason, ResourceType<?> type, ObjectKey key, String message) {
        StatusDetails details = StatusDetailsBuilder.builder()
                .name(key.name())
                .group(type.group().isEmpty() ? null : type.group())
                .kind(type.plural())
                .build();
        return of(reason, message, details, null);
    }
}
