package dev.orchestrator.runtime.ownership;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import dev.orchestrator.api.model.ResourceType;
import dev.orchestrator.api.model.apiextensions.JSONSchemaProps;
import dev.orchestrator.api.model.apiextensions.JSONSchemaPropsOrBool;
import dev.orchestrator.runtime.custom.CustomTypes;
import org.jspecify.annotations.Nullable;

/** The schema of a custom kind or of a part of it, as far as it says what can have several owners. */
final class CustomSchema implements Schema.Struct {

    private final @Nullable JSONSchemaProps schema;
    private final boolean isObject;

    private CustomSchema(@Nullable JSONSchemaProps schema, boolean isObject) {
        this.schema = schema;
        this.isObject = isObject;
    }

    static Schema.Struct of(ResourceType<?> type) {
        return new CustomSchema(CustomTypes.schema(type), true);
    }

    @Override
    public @Nullable Schema field(String name) {
        if (isObject && name.equals("metadata")) {
            return ModelSchema.ofMetadata();
        }
        if (isObject && (name.equals("apiVersion") || name.equals("kind"))) {
            return Scalar.STRING;
        }
        if (schema == null) {
            return Untyped.UNTYPED;
        }
        JSONSchemaProps property = schema.properties().get(name);
        if (property != null) {
            return part(property);
        }
        return CustomTypes.keepsUnknown(schema) ? Untyped.UNTYPED : null;
    }

    @Override
    public boolean isAtomic() {
        return schema != null && "atomic".equals(schema.mapType());
    }

    @Override
    public Map<String, Object> zero() {
        return isObject ? Map.of("metadata", ModelSchema.ofMetadata().zero()) : Map.of();
    }

    private static Schema part(@Nullable JSONSchemaProps schema) {
        if (schema == null) {
            return Untyped.UNTYPED;
        }
        if (schema.intOrString()) {
            return Scalar.ANY;
        }
        return switch (schema.type()) {
            case "object" -> map(schema);
            case "array" -> list(schema);
            case "string" -> Scalar.STRING;
            case "integer", "number" -> Scalar.NUMERIC;
            case "boolean" -> Scalar.BOOLEAN;
            case null, default -> Untyped.UNTYPED;
        };
    }

    private static Schema map(JSONSchemaProps schema) {
        boolean atomic = "atomic".equals(schema.mapType());
        JSONSchemaPropsOrBool more = schema.additionalProperties();
        if (more != null) {
            return new MapOf(part(more.schema()), atomic);
        }
        if (schema.properties().isEmpty() && CustomTypes.keepsUnknown(schema)) {
            return atomic ? new MapOf(Untyped.UNTYPED, true) : Untyped.UNTYPED;
        }
        return new CustomSchema(schema, schema.embeddedResource());
    }

    private static Schema list(JSONSchemaProps schema) {
        Schema element = part(schema.items());
        return switch (schema.listType()) {
            case "set" -> new ListOf(element, Elements.SET, List.of(), Map.of());
            case "map" -> new ListOf(element, Elements.KEYED, schema.listMapKeys(), defaults(schema));
            case null, default -> new ListOf(element, Elements.ATOMIC, List.of(), Map.of());
        };
    }

    private static Map<String, Object> defaults(JSONSchemaProps schema) {
        var defaults = new HashMap<String, Object>();
        JSONSchemaProps items = schema.items();
        for (String key : schema.listMapKeys()) {
            JSONSchemaProps property = items == null ? null : items.properties().get(key);
            if (property != null && property.defaultValue() != null) {
                defaults.put(key, property.defaultValue());
            }
        }
        return defaults;
    }
}
