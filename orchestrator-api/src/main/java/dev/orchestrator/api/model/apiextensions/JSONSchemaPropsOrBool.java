package dev.orchestrator.api.model.apiextensions;

import java.util.Objects;

import org.jspecify.annotations.Nullable;

import static java.util.Objects.requireNonNull;

/** A schema, or whether anything or nothing is allowed. */
public final class JSONSchemaPropsOrBool {

    private final boolean allows;
    private final @Nullable JSONSchemaProps schema;

    private JSONSchemaPropsOrBool(boolean allows, @Nullable JSONSchemaProps schema) {
        this.allows = allows;
        this.schema = schema;
    }

    /** {@return what a schema allows} */
    public static JSONSchemaPropsOrBool of(JSONSchemaProps schema) {
        return new JSONSchemaPropsOrBool(true, requireNonNull(schema, "schema is null"));
    }

    /** {@return anything or nothing} */
    public static JSONSchemaPropsOrBool of(boolean allows) {
        return new JSONSchemaPropsOrBool(allows, null);
    }

    /** {@return whether anything is allowed at all} */
    public boolean allows() {
        return allows;
    }

    /** {@return the schema of what is allowed; null when that is anything or nothing} */
    public @Nullable JSONSchemaProps schema() {
        return schema;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof JSONSchemaPropsOrBool that
                && allows == that.allows
                && Objects.equals(schema, that.schema);
    }

    @Override
    public int hashCode() {
        return Objects.hash(allows, schema);
    }

    @Override
    public String toString() {
        return schema == null ? Boolean.toString(allows) : schema.toString();
    }
}
