package dev.orchestrator.server.resource;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

import dev.orchestrator.api.ApiException;
import dev.orchestrator.api.model.Resource;
import dev.orchestrator.api.model.ResourceType;
import dev.orchestrator.runtime.codec.Document;
import dev.orchestrator.runtime.codec.JsonPatch;
import dev.orchestrator.runtime.codec.JsonText;
import dev.orchestrator.runtime.codec.Patches;
import dev.orchestrator.runtime.codec.YamlText;
import dev.orchestrator.server.http.Call;
import dev.orchestrator.server.http.Statuses;

/** The ways in which a client can say what to change. */
enum PatchKind {
    /** A list of steps. */
    JSON("application/json-patch+json"),
    /** What is to be different; null removes. */
    MERGE("application/merge-patch+json"),
    /** What is to be different; lists of named elements are merged. */
    STRATEGIC("application/strategic-merge-patch+json"),
    /** What the writer wants, all of it; what it no longer wants goes. */
    APPLY("application/apply-patch+yaml");

    private final String mediaType;

    PatchKind(String mediaType) {
        this.mediaType = mediaType;
    }

    /** {@return the kind of patch that a request for an object of a type carries} */
    static PatchKind of(Call call, ResourceType<?> type) {
        if (type.isCustom() && STRATEGIC.mediaType.equals(call.contentType())) {
            // Nobody has said how the lists of a custom kind are merged.
            throw Statuses.unknownFormat(String.join(", ", JSON.mediaType, MERGE.mediaType, APPLY.mediaType));
        }
        for (PatchKind kind : values()) {
            if (kind.mediaType.equals(call.contentType())) {
                return kind;
            }
        }
        throw Statuses.unsupportedMediaType();
    }

    /** {@return the patch that a request carries, as a tree} */
    Document read(Call call) {
        byte[] body = call.body();
        if (this == APPLY) {
            return yaml(body);
        }
        try {
            List<Document> documents = JsonText.parse(body);
            if (documents.size() == 1) {
                Object root = documents.getFirst().root();
                if (this == JSON ? root instanceof List : root instanceof Map) {
                    return documents.getFirst();
                }
                throw Statuses.badRequest("error decoding patch: json: cannot unmarshal "
                        + (root instanceof List ? "array" : root instanceof Map ? "object" : "value")
                        + " into Go value of type "
                        + (this == JSON ? "jsonpatch.Patch" : "map[string]interface {}"));
            }
        } catch (IllegalArgumentException malformed) {
            throw ApiException.of(
                    ApiException.Reason.BAD_REQUEST,
                    "error decoding patch: " + GoJson.complaint(body),
                    null,
                    malformed);
        }
        throw Statuses.badRequest("error decoding patch: "
                + (new String(body, StandardCharsets.UTF_8).isBlank()
                        ? "unexpected end of JSON input"
                        : GoJson.complaint(body)));
    }

    private static Document yaml(byte[] body) {
        try {
            List<Document> documents = YamlText.parse(new String(body, StandardCharsets.UTF_8));
            if (documents.size() == 1 && documents.getFirst().root() instanceof Map) {
                return documents.getFirst();
            }
            throw Statuses.badRequest("error decoding YAML: error unmarshaling JSON: while decoding JSON: json: cannot "
                    + "unmarshal " + (documents.isEmpty() ? "null" : "array")
                    + " into Go value of type map[string]interface {}");
        } catch (IllegalArgumentException malformed) {
            throw ApiException.of(
                    ApiException.Reason.BAD_REQUEST, "error decoding YAML: " + malformed.getMessage(), null, malformed);
        }
    }

    /** {@return a tree with a patch applied} */
    @SuppressWarnings("unchecked") // what was read is a map unless the kind says a list
    Map<String, Object> apply(Class<? extends Resource> type, Map<String, Object> tree, Document patch) {
        return switch (this) {
            case JSON -> JsonPatch.apply(tree, patch.root());
            case MERGE -> Patches.merge(tree, (Map<String, Object>) patch.root());
            case STRATEGIC -> Patches.strategic(type, tree, (Map<String, Object>) patch.root());
            case APPLY -> throw new IllegalStateException("what is applied is not patched");
        };
    }
}
