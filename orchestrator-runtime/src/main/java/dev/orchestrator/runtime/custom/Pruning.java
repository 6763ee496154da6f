package dev.orchestrator.runtime.custom;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.orchestrator.api.model.CustomObject;
import dev.orchestrator.api.model.apiextensions.JSONSchemaProps;
import dev.orchestrator.api.model.apiextensions.JSONSchemaPropsOrBool;
import org.jspecify.annotations.Nullable;

/** Leaves out of custom objects what their schemas do not know. */
public final class Pruning {

    private static final List<String> OF_EVERY_OBJECT = List.of("apiVersion", "kind", "metadata");

    private final List<String> unknown = new ArrayList<>();

    private Pruning() {}

    /**
     * What is left of an object.
     *
     * @param object the object; the same instance when nothing was left out
     * @param unknown the paths of what was left out, such as {@code spec.foo}
     */
    public record Pruned(CustomObject object, List<String> unknown) {}

    /** {@return an object without the fields that the schema of its type does not know} */
    public static Pruned of(CustomObject object) {
        JSONSchemaProps schema = CustomTypes.schema(object.resourceType());
        if (schema == null) {
            return new Pruned(object, List.of());
        }
        var pruning = new Pruning();
        Map<String, Object> kept = pruning.map(object.content(), schema, true, "");
        return new Pruned(pruning.unknown.isEmpty() ? object : object.withContent(kept), List.copyOf(pruning.unknown));
    }

    private Object value(Object value, @Nullable JSONSchemaProps schema, String path) {
        if (schema == null) {
            return value;
        }
        if (value instanceof Map<?, ?> map) {
            return map(map, schema, schema.embeddedResource(), path);
        }
        if (value instanceof List<?> list && schema.items() != null) {
            var kept = new ArrayList<Object>(list.size());
            for (int i = 0; i < list.size(); i++) {
                kept.add(value(list.get(i), schema.items(), path + "[" + i + "]"));
            }
            return kept;
        }
        return value;
    }

    private Map<String, Object> map(Map<?, ?> map, JSONSchemaProps schema, boolean isObject, String path) {
        JSONSchemaPropsOrBool more = schema.additionalProperties();
        boolean keepsAll = CustomTypes.keepsUnknown(schema) || (more != null && more.allows());
        var kept = new LinkedHashMap<String, Object>();
        map.forEach((key, value) -> {
            String name = (String) key;
            String at = path.isEmpty() ? name : path + "." + name;
            JSONSchemaProps known = schema.properties().get(name);
            if (isObject && OF_EVERY_OBJECT.contains(name)) {
                kept.put(name, value);
            } else if (known != null) {
                kept.put(name, value(value, known, at));
            } else if (more != null && more.schema() != null) {
                kept.put(name, value(value, more.schema(), at));
            } else if (keepsAll) {
                kept.put(name, value);
            } else {
                unknown.add(at);
            }
        });
        return kept;
    }
}
