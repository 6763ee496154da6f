package dev.orchestrator.runtime.codec;

import java.util.List;
import java.util.Map;

/** Writes a tree step by step, for writers that look at the steps. */
final class TreeWalk {

    private TreeWalk() {}

    static void write(Object value, NodeWriter out) {
        switch (value) {
            case Map<?, ?> map -> {
                out.beginObject();
                map.forEach((name, each) -> {
                    out.name((String) name);
                    write(each, out);
                });
                out.endObject();
            }
            case List<?> list -> {
                out.beginArray();
                list.forEach(each -> write(each, out));
                out.endArray();
            }
            case String text -> out.text(text);
            case Long number -> out.number(number);
            case Boolean truth -> out.truth(truth);
            default -> out.tree(value);
        }
    }
}
