package dev.orchestrator.runtime.codec;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/** A map from names to values of one type; written with its keys in order. */
record MapCodec(ValueCodec element) implements ValueCodec {

    @Override
    @SuppressWarnings("unchecked") // the keys of a tree are texts
    public @Nullable Object decode(Object node, Decoding decoding) {
        if (!(node instanceof Map<?, ?>)) {
            decoding.mismatch(node, goType());
            return null;
        }
        var nodes = (Map<String, Object>) node;
        decoding.duplicatesOf(nodes);
        var values = new HashMap<String, Object>();
        nodes.forEach((key, child) -> {
            int mark = decoding.mark();
            decoding.appendKey(key);
            Object value = child == JsonNull.NULL ? element.zero() : element.decode(child, decoding);
            if (value != null) {
                values.put(key, value);
            }
            decoding.back(mark);
        });
        return Map.copyOf(values);
    }

    @Override
    public Object zero() {
        return Map.of();
    }

    @Override
    public void write(Object value, NodeWriter out) {
        var map = (Map<?, ?>) value;
        Object[] keys = map.keySet().toArray();
        Arrays.sort(keys);
        out.beginObject();
        for (Object key : keys) {
            Object each = map.get(key);
            if (each != null) {
                out.name((String) key);
                element.write(each, out);
            }
        }
        out.endObject();
    }

    @Override
    public boolean isEmpty(Object value) {
        return ((Map<?, ?>) value).isEmpty();
    }

    @Override
    public String goType() {
        return element == ScalarCodec.QUANTITY ? "v1.ResourceList" : "map[string]" + element.goType();
    }
}
