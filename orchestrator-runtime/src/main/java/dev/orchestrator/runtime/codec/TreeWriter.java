package dev.orchestrator.runtime.codec;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.core.SerializableString;
import org.jspecify.annotations.Nullable;

import static java.util.Objects.requireNonNull;

/** Builds a tree of maps and lists. */
final class TreeWriter implements NodeWriter {

    private final Deque<Object> open = new ArrayDeque<>();
    private final Deque<String> names = new ArrayDeque<>();
    private @Nullable Object root;

    Object root() {
        return requireNonNull(root, "nothing has been written");
    }

    @Override
    public void beginObject() {
        open.push(new LinkedHashMap<String, Object>());
    }

    @Override
    public void name(SerializableString name) {
        names.push(name.getValue());
    }

    @Override
    public void name(String name) {
        names.push(name);
    }

    @Override
    public void endObject() {
        add(open.pop());
    }

    @Override
    public void beginArray() {
        open.push(new ArrayList<>());
    }

    @Override
    public void endArray() {
        add(open.pop());
    }

    @Override
    public void text(String value) {
        add(value);
    }

    @Override
    public void number(long value) {
        add(value);
    }

    @Override
    public void truth(boolean value) {
        add(value);
    }

    @Override
    public void tree(Object tree) {
        add(tree);
    }

    @SuppressWarnings("unchecked")
    private void add(Object value) {
        Object target = open.peek();
        if (target == null) {
            root = value;
        } else if (target instanceof Map<?, ?> map) {
            ((Map<String, Object>) map).put(names.pop(), value);
        } else {
            ((List<Object>) target).add(value);
        }
    }
}
