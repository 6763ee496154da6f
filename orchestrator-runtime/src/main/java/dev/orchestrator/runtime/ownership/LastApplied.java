package dev.orchestrator.runtime.ownership;

import java.util.LinkedHashMap;
import java.util.Map;

import dev.orchestrator.api.model.ResourceType;
import dev.orchestrator.runtime.codec.JsonText;

/**
 * What client-side {@code kubectl apply} has noted in an object: the same user may take over by server-side apply what
 * has not changed since, and both ways may be mixed.
 *
 * @param unchanged the paths that are as they were applied
 */
record LastApplied(FieldSet unchanged) {

    private static final String ANNOTATION = "kubectl.kubernetes.io/last-applied-configuration";

    static LastApplied of(Schema schema, ResourceType<?> type, Map<String, Object> live) {
        Object noted =
                Trees.map(Trees.map(live.get("metadata")).get("annotations")).get(ANNOTATION);
        if (!(noted instanceof String text)) {
            return new LastApplied(FieldSet.EMPTY);
        }
        Map<String, Object> applied = parsed(text);
        if (!type.apiVersion().equals(applied.get("apiVersion"))
                || !Conformance.faults(schema, applied).isEmpty()) {
            return new LastApplied(FieldSet.EMPTY);
        }
        Comparison since = Comparison.of(schema, applied, live);
        return new LastApplied(
                Fields.of(schema, applied).difference(since.written()).difference(since.removed()));
    }

    private static Map<String, Object> parsed(String text) {
        try {
            var documents = JsonText.parse(text);
            return documents.size() == 1 ? Trees.map(documents.getFirst().root()) : Map.of();
        } catch (IllegalArgumentException unreadable) {
            return Map.of();
        }
    }

    /** {@return the conflicts that are left: all of them, unless there is none but about what has not changed} */
    Map<Manager, FieldSet> remaining(Map<Manager, FieldSet> conflicts) {
        var left = new LinkedHashMap<Manager, FieldSet>();
        conflicts.forEach((manager, fields) -> {
            FieldSet rest = fields.difference(unchanged);
            if (!rest.isEmpty()) {
                left.put(manager, rest);
            }
        });
        return left;
    }

    /** {@return an object whose note, if it has one, says what is applied now} */
    static Map<String, Object> remembered(Map<String, Object> object, Map<String, Object> config) {
        var metadata = new LinkedHashMap<>(Trees.map(object.get("metadata")));
        var annotations = new LinkedHashMap<>(Trees.map(metadata.get("annotations")));
        if (!annotations.containsKey(ANNOTATION)) {
            return object;
        }
        annotations.put(ANNOTATION, JsonText.write(JsonText.sorted(withoutNote(config))) + "\n");
        metadata.put("annotations", annotations);
        var next = new LinkedHashMap<>(object);
        next.put("metadata", metadata);
        return next;
    }

    private static Map<String, Object> withoutNote(Map<String, Object> config) {
        var metadata = new LinkedHashMap<>(Trees.map(config.get("metadata")));
        var annotations = new LinkedHashMap<>(Trees.map(metadata.get("annotations")));
        if (annotations.remove(ANNOTATION) == null) {
            return config;
        }
        metadata.put("annotations", annotations);
        var next = new LinkedHashMap<>(config);
        next.put("metadata", metadata);
        return next;
    }
}
