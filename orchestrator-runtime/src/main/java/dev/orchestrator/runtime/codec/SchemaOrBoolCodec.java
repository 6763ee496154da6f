package dev.orchestrator.runtime.codec;

import dev.orchestrator.api.model.apiextensions.JSONSchemaProps;
import dev.orchestrator.api.model.apiextensions.JSONSchemaPropsOrBool;
import org.jspecify.annotations.Nullable;

/** A schema where yes or no may stand as well. */
final class SchemaOrBoolCodec implements ValueCodec {

    static final SchemaOrBoolCodec INSTANCE = new SchemaOrBoolCodec();

    private final RecordReference schema = new RecordReference(JSONSchemaProps.class);

    private SchemaOrBoolCodec() {}

    @Override
    public @Nullable Object decode(Object node, Decoding decoding) {
        if (node instanceof Boolean allows) {
            return JSONSchemaPropsOrBool.of(allows);
        }
        Object decoded = schema.decode(node, decoding);
        return decoded == null ? null : JSONSchemaPropsOrBool.of((JSONSchemaProps) decoded);
    }

    @Override
    public @Nullable Object zero() {
        return null;
    }

    @Override
    public void write(Object value, NodeWriter out) {
        var either = (JSONSchemaPropsOrBool) value;
        if (either.schema() == null) {
            out.truth(either.allows());
        } else {
            schema.write(either.schema(), out);
        }
    }

    @Override
    public boolean isEmpty(Object value) {
        return false;
    }

    @Override
    public String goType() {
        return schema.goType();
    }
}
