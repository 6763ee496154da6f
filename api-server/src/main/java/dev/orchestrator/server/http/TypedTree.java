package dev.orchestrator.server.http;

import java.util.LinkedHashMap;
import java.util.Map;

/** The beginning of an answer that is no stored object. */
public final class TypedTree {

    private TypedTree() {}

    /** {@return a tree that says what it is and nothing more yet} */
    public static Map<String, Object> of(String kind, String apiVersion) {
        var tree = new LinkedHashMap<String, Object>();
        tree.put("kind", kind);
        tree.put("apiVersion", apiVersion);
        return tree;
    }
}
