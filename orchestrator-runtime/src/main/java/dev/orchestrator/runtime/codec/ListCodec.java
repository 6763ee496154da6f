package dev.orchestrator.runtime.codec;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

/** A list of values of one type. */
record ListCodec(ValueCodec element) implements ValueCodec {

    @Override
    public @Nullable Object decode(Object node, Decoding decoding) {
        if (!(node instanceof List<?> nodes)) {
            decoding.mismatch(node, goType());
            return null;
        }
        var values = new ArrayList<Object>(nodes.size());
        for (int i = 0; i < nodes.size(); i++) {
            int mark = decoding.mark();
            decoding.appendIndex(i);
            Object value = nodes.get(i) == JsonNull.NULL ? element.zero() : element.decode(nodes.get(i), decoding);
            if (value != null) {
                values.add(value);
            }
            decoding.back(mark);
        }
        return List.copyOf(values);
    }

    @Override
    public Object zero() {
        return List.of();
    }

    @Override
    public void write(Object value, NodeWriter out) {
        out.beginArray();
        for (Object each : (List<?>) value) {
            element.write(each, out);
        }
        out.endArray();
    }

    @Override
    public boolean isEmpty(Object value) {
        return ((List<?>) value).isEmpty();
    }

    @Override
    public String goType() {
        return "[]" + element.goType();
    }
}
