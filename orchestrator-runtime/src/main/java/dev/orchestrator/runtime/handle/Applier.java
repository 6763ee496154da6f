package dev.orchestrator.runtime.handle;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

import dev.orchestrator.api.ApiException;
import dev.orchestrator.api.model.Resource;
import dev.orchestrator.api.model.ResourceType;
import dev.orchestrator.api.model.meta.ObjectMetaBuilder;
import dev.orchestrator.runtime.codec.Codec;
import dev.orchestrator.runtime.codec.JsonText;
import dev.orchestrator.runtime.codec.Patches;
import dev.orchestrator.runtime.store.ObjectStore;
import dev.orchestrator.runtime.store.WriteRequest;

/** Makes the store hold an object as client-side {@code kubectl apply} does, remembering what was applied. */
final class Applier {

    private static final String LAST_APPLIED = "kubectl.kubernetes.io/last-applied-configuration";

    private final ObjectStore store;
    private final WriteRequest request;

    Applier(ObjectStore store, WriteRequest request) {
        this.store = store;
        this.request = request;
    }

    Resource apply(Resource object) {
        return applyTyped(object, object.resourceType());
    }

    private <R extends Resource> R applyTyped(Resource object, ResourceType<R> type) {
        R wanted = remembering(type.cast(object));
        if (wanted.metadata().nameOrEmpty().isEmpty()) {
            String prefix = wanted.metadata().generateName();
            throw ApiException.of(
                    ApiException.Reason.BAD_REQUEST,
                    prefix == null || prefix.isEmpty()
                            ? "resource name may not be empty"
                            : "from " + prefix + ": cannot use generate name with apply");
        }
        while (true) {
            Optional<R> stored = store.find(type, wanted.key());
            try {
                return stored.isEmpty()
                        ? store.create(wanted, request)
                        : store.edit(type, wanted.key(), request, current -> merged(type, wanted, current));
            } catch (ApiException refused) {
                // Created or deleted by somebody else between the look and the write: look again.
                var lost = stored.isEmpty() ? ApiException.Reason.ALREADY_EXISTS : ApiException.Reason.NOT_FOUND;
                boolean raced = refused.reason() == lost
                        && store.find(type, wanted.key()).isPresent() == stored.isEmpty();
                if (!raced) {
                    throw refused;
                }
            }
        }
    }

    private static <R extends Resource> R merged(ResourceType<R> type, R wanted, R current) {
        String lastApplied = current.metadata().annotations().get(LAST_APPLIED);
        Map<String, Object> original = lastApplied == null ? Map.of() : tree(lastApplied);
        Map<String, Object> merged =
                Patches.threeWay(type.javaType(), original, Codec.toTree(wanted), Codec.toTree(current));
        return Codec.decodeStrictly(type, merged);
    }

    @SuppressWarnings("unchecked") // an annotation that is no JSON object counts as none
    private static Map<String, Object> tree(String json) {
        try {
            Object root = JsonText.parse(json).getFirst().root();
            return root instanceof Map ? (Map<String, Object>) root : Map.of();
        } catch (IllegalArgumentException | java.util.NoSuchElementException unreadable) {
            return Map.of();
        }
    }

    /** {@return the object with the annotation that holds what it was before it got it} */
    @SuppressWarnings("unchecked") // withMetadata gives an object of the same record
    private static <R extends Resource> R remembering(R object) {
        var annotations = new HashMap<>(object.metadata().annotations());
        annotations.remove(LAST_APPLIED);
        var bare = (R) object.withMetadata(ObjectMetaBuilder.builder(object.metadata())
                .annotations(annotations)
                .build());
        annotations.put(LAST_APPLIED, configuration(bare, annotations.isEmpty()));
        return (R) bare.withMetadata(ObjectMetaBuilder.builder(bare.metadata())
                .annotations(annotations)
                .build());
    }

    // kubectl writes an empty map of annotations and a line end, too.
    private static String configuration(Resource bare, boolean withoutAnnotations) {
        if (!withoutAnnotations) {
            return new String(Codec.toJson(bare), StandardCharsets.UTF_8) + "\n";
        }
        Map<String, Object> tree = Codec.toTree(bare);
        var metadata = new LinkedHashMap<String, Object>();
        metadata.put("annotations", Map.of());
        if (tree.get("metadata") instanceof Map<?, ?> rest) {
            rest.forEach((key, value) -> metadata.put((String) key, value));
        }
        tree.put("metadata", metadata);
        return JsonText.write(tree) + "\n";
    }
}
