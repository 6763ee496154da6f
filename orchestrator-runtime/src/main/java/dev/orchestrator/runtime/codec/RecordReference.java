package dev.orchestrator.runtime.codec;

import org.jspecify.annotations.Nullable;

/** A record inside another one, whose codec is made when the first value comes along. */
final class RecordReference implements ValueCodec {

    private final Class<?> type;
    private @Nullable RecordCodec codec; // a race only looks it up twice

    RecordReference(Class<?> type) {
        this.type = type;
    }

    private RecordCodec codec() {
        RecordCodec known = codec;
        if (known == null) {
            known = RecordCodec.of(type);
            codec = known;
        }
        return known;
    }

    @Override
    public @Nullable Object decode(Object node, Decoding decoding) {
        return codec().decode(node, decoding);
    }

    @Override
    public Object zero() {
        return codec().zero();
    }

    @Override
    public void write(Object value, NodeWriter out) {
        codec().write(value, out);
    }

    void writeDifference(Object old, Object now, NodeWriter before, NodeWriter after) {
        codec().writeDifference(old, now, before, after);
    }

    @Override
    public boolean isEmpty(Object value) {
        return false;
    }

    @Override
    public String goType() {
        return GoTypes.typeName(type);
    }
}
