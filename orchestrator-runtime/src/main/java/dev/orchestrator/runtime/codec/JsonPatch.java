package dev.orchestrator.runtime.codec;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

import dev.orchestrator.api.ApiException;
import dev.orchestrator.api.model.meta.StatusDetailsBuilder;

/** A list of steps that change a tree (RFC 6902). */
public final class JsonPatch {

    private static final Pattern SLASH = Pattern.compile("/");
    private static final Pattern INDEX = Pattern.compile("0|[1-9][0-9]{0,8}");

    private Object root;

    private JsonPatch(Object root) {
        this.root = root;
    }

    /**
     * {@return a tree with all steps done; the tree given is left as it is}
     *
     * @throws ApiException with reason {@code INVALID} if a step can not be done or a test fails, {@code BAD_REQUEST}
     *     if the steps are malformed
     */
    public static Map<String, Object> apply(Map<String, Object> tree, Object steps) {
        if (!(steps instanceof List<?> list)) {
            throw ApiException.of(
                    ApiException.Reason.BAD_REQUEST,
                    "json: cannot unmarshal object into Go value of type jsonpatch.Patch");
        }
        var patch = new JsonPatch(copy(tree));
        for (Object step : list) {
            if (!(step instanceof Map)) {
                throw refused();
            }
            patch.step(Patches.map(step));
        }
        return Patches.mapOrEmpty(patch.root);
    }

    private void step(Map<String, Object> step) {
        String operation = text(step, "op");
        List<String> path = path(text(step, "path"));
        switch (operation) {
            case "add" -> add(path, value(step));
            case "remove" -> remove(path);
            case "replace" -> {
                get(path);
                replace(path, value(step));
            }
            case "move" -> add(path, remove(path(text(step, "from"))));
            case "copy" -> add(path, copy(get(path(text(step, "from")))));
            case "test" -> {
                if (!get(path).equals(value(step))) {
                    throw refused();
                }
            }
            default -> throw ApiException.of(ApiException.Reason.BAD_REQUEST, "Unexpected kind: " + operation);
        }
    }

    private Object get(List<String> path) {
        Object at = root;
        for (String part : path) {
            at = child(at, part);
        }
        return at;
    }

    private static Object child(Object parent, String part) {
        Object child = parent instanceof Map<?, ?> map
                ? map.get(part)
                : parent instanceof List<?> list ? list.get(index(part, list.size() - 1)) : null;
        if (child == null) {
            throw refused();
        }
        return child;
    }

    private void add(List<String> path, Object value) {
        if (path.isEmpty()) {
            root = value;
            return;
        }
        Object parent = get(path.subList(0, path.size() - 1));
        String last = path.getLast();
        if (parent instanceof Map) {
            Patches.map(parent).put(last, value);
        } else {
            List<Object> list = list(parent);
            list.add(last.equals("-") ? list.size() : index(last, list.size()), value);
        }
    }

    private Object remove(List<String> path) {
        if (path.isEmpty()) {
            throw refused();
        }
        Object parent = get(path.subList(0, path.size() - 1));
        Object old = child(parent, path.getLast());
        if (parent instanceof Map) {
            Patches.map(parent).remove(path.getLast());
        } else {
            List<Object> list = list(parent);
            list.remove(index(path.getLast(), list.size() - 1));
        }
        return old;
    }

    private void replace(List<String> path, Object value) {
        if (path.isEmpty()) {
            root = value;
            return;
        }
        Object parent = get(path.subList(0, path.size() - 1));
        if (parent instanceof Map) {
            Patches.map(parent).put(path.getLast(), value);
        } else {
            List<Object> list = list(parent);
            list.set(index(path.getLast(), list.size() - 1), value);
        }
    }

    private static List<Object> list(Object parent) {
        if (!(parent instanceof List)) {
            throw refused();
        }
        return Patches.listOrEmpty(parent);
    }

    private static int index(String part, int highest) {
        int index = INDEX.matcher(part).matches() ? Integer.parseInt(part) : -1;
        if (index < 0 || index > highest) {
            throw refused();
        }
        return index;
    }

    private static List<String> path(String pointer) {
        if (pointer.isEmpty()) {
            return List.of();
        }
        if (!pointer.startsWith("/")) {
            throw refused();
        }
        return SLASH.splitAsStream(pointer.substring(1) + "/ ")
                .map(part -> part.replace("~1", "/").replace("~0", "~"))
                .toList()
                .subList(0, (int) pointer.chars().filter(c -> c == '/').count());
    }

    private static String text(Map<String, Object> step, String key) {
        if (step.get(key) instanceof String text) {
            return text;
        }
        throw refused();
    }

    private static Object value(Map<String, Object> step) {
        Object value = step.get("value");
        if (value == null) {
            throw refused();
        }
        return copy(value);
    }

    private static Object copy(Object tree) {
        if (tree instanceof Map) {
            var copy = new LinkedHashMap<String, Object>();
            Patches.map(tree).forEach((key, value) -> copy.put(key, copy(value)));
            return copy;
        }
        if (tree instanceof List) {
            var copy = new ArrayList<Object>();
            Patches.listOrEmpty(tree).forEach(element -> copy.add(copy(element)));
            return copy;
        }
        return tree;
    }

    private static ApiException refused() {
        return ApiException.of(
                ApiException.Reason.INVALID,
                "the server rejected our request due to an error in our request",
                StatusDetailsBuilder.builder().build(),
                null);
    }
}
