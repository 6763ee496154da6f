package dev.orchestrator.server.http;

import java.util.LinkedHashMap;
import java.util.Map;

import dev.orchestrator.api.ApiException;
import dev.orchestrator.api.ApiException.Reason;
import dev.orchestrator.api.model.meta.ListMeta;
import dev.orchestrator.api.model.meta.Status;
import dev.orchestrator.api.model.meta.StatusDetails;
import dev.orchestrator.api.model.meta.StatusDetailsBuilder;
import dev.orchestrator.runtime.codec.Codec;
import org.jspecify.annotations.Nullable;

/** Statuses as Kubernetes writes them, and the refusals that only a server on HTTP makes. */
public final class Statuses {

    private static final StatusDetails NO_DETAILS =
            StatusDetailsBuilder.builder().build();

    private Statuses() {}

    /** {@return a status as a tree, its fields in Kubernetes' order} */
    public static Map<String, Object> tree(Status status) {
        var tree = new LinkedHashMap<String, Object>();
        tree.put("kind", "Status");
        tree.put("apiVersion", "v1");
        ListMeta metadata = status.metadata();
        tree.put("metadata", metadata == null ? Map.of() : Codec.toTree(metadata));
        put(tree, "status", status.status());
        put(tree, "message", status.message());
        put(tree, "reason", status.reason());
        StatusDetails details = status.details();
        put(tree, "details", details == null ? null : details(details));
        if (status.code() != 0) {
            tree.put("code", (long) status.code());
        }
        return tree;
    }

    private static Map<String, Object> details(StatusDetails details) {
        var tree = new LinkedHashMap<String, Object>();
        put(tree, "name", details.name());
        put(tree, "group", details.group());
        put(tree, "kind", details.kind());
        put(tree, "uid", details.uid());
        if (!details.causes().isEmpty()) {
            tree.put("causes", details.causes().stream().map(Codec::toTree).toList());
        }
        Integer retry = details.retryAfterSeconds();
        put(tree, "retryAfterSeconds", retry == null ? null : (Object) retry.longValue());
        return tree;
    }

    private static void put(Map<String, Object> tree, String key, @Nullable Object value) {
        if (value != null) {
            tree.put(key, value);
        }
    }

    /** {@return the refusal of a method that a path does not have} */
    public static ApiException methodNotAllowed() {
        return ApiException.of(
                Reason.METHOD_NOT_ALLOWED,
                "the server does not allow this method on the requested resource",
                NO_DETAILS,
                null);
    }

    /** {@return the refusal of a path that does not exist below a known group} */
    public static ApiException noSuchResource() {
        return ApiException.of(Reason.NOT_FOUND, "the server could not find the requested resource", NO_DETAILS, null);
    }

    /** {@return the refusal of a client that accepts nothing that can be given} */
    public static ApiException notAcceptable(String representations) {
        return ApiException.of(
                Reason.NOT_ACCEPTABLE,
                "406: Not Acceptable\n\nAvailable representations: " + representations,
                NO_DETAILS,
                null);
    }

    /** {@return the refusal of a body of an unknown form} */
    public static ApiException unknownFormat(String accepted) {
        return ApiException.of(
                Reason.UNSUPPORTED_MEDIA_TYPE,
                "the body of the request was in an unknown format - accepted media types include: " + accepted);
    }

    /** {@return the refusal of a body of a form that the path does not take} */
    public static ApiException unsupportedMediaType() {
        return ApiException.of(Reason.UNSUPPORTED_MEDIA_TYPE, "415: Unsupported Media Type", NO_DETAILS, null);
    }

    /** {@return the refusal of a request without valid credentials} */
    public static ApiException unauthorized() {
        return ApiException.of(Reason.UNAUTHORIZED, "Unauthorized");
    }

    /** {@return the refusal of a body that is too large} */
    public static ApiException tooLarge(int limit) {
        return ApiException.of(
                Reason.REQUEST_ENTITY_TOO_LARGE, "Request entity too large: limit is " + limit, NO_DETAILS, null);
    }

    /** {@return the refusal of a request that makes no sense} */
    public static ApiException badRequest(String message) {
        return ApiException.of(Reason.BAD_REQUEST, message);
    }
}
