package dev.orchestrator.runtime.codec;

import org.jspecify.annotations.Nullable;

/** A text whose type has a name of its own in Go, which only error messages show. */
record NamedTextCodec(ValueCodec text, String goType) implements ValueCodec {

    @Override
    public @Nullable Object decode(Object node, Decoding decoding) {
        if (node instanceof String) {
            return node;
        }
        decoding.mismatch(node, goType);
        return null;
    }

    @Override
    public @Nullable Object zero() {
        return text.zero();
    }

    @Override
    public void write(Object value, NodeWriter out) {
        text.write(value, out);
    }

    @Override
    public boolean isEmpty(Object value) {
        return text.isEmpty(value);
    }
}
