package dev.orchestrator.runtime.custom;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.orchestrator.api.model.CustomObject;
import dev.orchestrator.api.model.apiextensions.JSONSchemaProps;
import dev.orchestrator.api.model.apiextensions.JSONSchemaPropsOrBool;
import dev.orchestrator.runtime.codec.JsonNull;
import org.jspecify.annotations.Nullable;

/** Fills in what custom objects leave out and their schemas have a default for. */
public final class Defaulting {

    private Defaulting() {}

    /**
     * {@return an object with its defaults, and without nulls where none may be; the same instance if none is missing}
     */
    public static CustomObject of(CustomObject object) {
        JSONSchemaProps schema = CustomTypes.schema(object.resourceType());
        if (schema == null) {
            return object;
        }
        Map<String, Object> filled = map(object.content(), schema);
        return filled.equals(object.content()) ? object : object.withContent(filled);
    }

    private static Object value(Object value, @Nullable JSONSchemaProps schema) {
        if (schema == null) {
            return value;
        }
        if (value instanceof Map<?, ?> map) {
            return map(map, schema);
        }
        if (value instanceof List<?> list && schema.items() != null) {
            var filled = new ArrayList<Object>(list.size());
            list.forEach(each -> filled.add(value(each, schema.items())));
            return filled;
        }
        return value;
    }

    private static Map<String, Object> map(Map<?, ?> map, JSONSchemaProps schema) {
        var filled = new LinkedHashMap<String, Object>();
        JSONSchemaPropsOrBool more = schema.additionalProperties();
        map.forEach((key, value) -> {
            JSONSchemaProps known = schema.properties().get((String) key);
            JSONSchemaProps inside = known == null && more != null ? more.schema() : known;
            if (value != JsonNull.NULL || known == null || known.nullable()) {
                filled.put((String) key, value);
            }
            if (value != JsonNull.NULL) {
                filled.put((String) key, value(value, inside));
            }
        });
        schema.properties().forEach((name, property) -> {
            if (property.defaultValue() != null && !filled.containsKey(name)) {
                filled.put(name, value(property.defaultValue(), property));
            }
        });
        return filled;
    }
}
