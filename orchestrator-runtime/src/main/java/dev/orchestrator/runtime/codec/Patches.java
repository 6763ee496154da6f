package dev.orchestrator.runtime.codec;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import dev.orchestrator.api.ApiException;
import dev.orchestrator.api.model.Resource;
import org.jspecify.annotations.Nullable;

/** The ways to change a tree by another one: merge (RFC 7396), strategic merge, and the three-way merge of apply. */
public final class Patches {

    private static final String DIRECTIVE = "$patch";
    private static final String RETAIN_KEYS = "$retainKeys";
    private static final String DELETE_FROM = "$deleteFromPrimitiveList/";
    private static final String SET_ORDER = "$setElementOrder/";

    private Patches() {}

    /** {@return a tree with a merge patch applied: null removes, maps are merged, all else is replaced} */
    public static Map<String, Object> merge(Map<String, Object> target, Map<String, Object> patch) {
        var result = new LinkedHashMap<>(target);
        patch.forEach((key, value) -> {
            if (value == JsonNull.NULL) {
                result.remove(key);
            } else if (value instanceof Map) {
                result.put(key, merge(mapOrEmpty(result.get(key)), map(value)));
            } else {
                result.put(key, value);
            }
        });
        return result;
    }

    /**
     * {@return the tree of an object with a strategic merge patch applied}
     *
     * @throws ApiException with reason {@code BAD_REQUEST} if the patch makes no sense
     */
    public static Map<String, Object> strategic(
            Class<? extends Resource> type, Map<String, Object> target, Map<String, Object> patch) {
        return strategic(MergeSchema.of(type), target, patch);
    }

    private static Map<String, Object> strategic(
            MergeSchema schema, Map<String, Object> target, Map<String, Object> patch) {
        if ("replace".equals(patch.get(DIRECTIVE))) {
            return withoutDirectives(patch);
        }
        if ("delete".equals(patch.get(DIRECTIVE))) {
            return new LinkedHashMap<>();
        }
        var result = new LinkedHashMap<>(target);
        if (patch.get(RETAIN_KEYS) instanceof List<?> retained) {
            result.keySet().removeIf(key -> !retained.contains(key));
        }
        patch.forEach((key, value) -> strategicField(schema, result, key, value));
        return result;
    }

    private static void strategicField(MergeSchema schema, Map<String, Object> result, String key, Object value) {
        if (key.startsWith(DELETE_FROM)) {
            String field = key.substring(DELETE_FROM.length());
            var kept = new ArrayList<>(listOrEmpty(result.get(field)));
            kept.removeAll(listOrEmpty(value));
            result.put(field, kept);
        } else if (key.startsWith("$")) {
            return; // orders and directives, dealt with where they take effect
        } else if (value == JsonNull.NULL) {
            result.remove(key);
        } else if (value instanceof Map) {
            var merged = strategic(schema.rule(key).inside(), mapOrEmpty(result.get(key)), map(value));
            result.put(key, merged);
        } else if (value instanceof List<?> list && schema.rule(key).isMerged()) {
            result.put(key, strategicList(schema.rule(key), listOrEmpty(result.get(key)), list));
        } else {
            result.put(key, value);
        }
    }

    private static List<Object> strategicList(MergeSchema.Rule rule, List<Object> target, List<?> patch) {
        if (rule.isSet()) {
            var union = new ArrayList<>(target);
            patch.stream().filter(element -> !union.contains(element)).forEach(union::add);
            return union;
        }
        boolean replaced = patch.stream()
                .anyMatch(element ->
                        element instanceof Map<?, ?> map && "replace".equals(map.get(DIRECTIVE)) && map.size() == 1);
        var result = new ArrayList<Object>(replaced ? List.of() : target);
        for (Object element : patch) {
            if (!(element instanceof Map)) {
                throw badPatch("a list of named elements holds " + element);
            }
            mergeElement(rule, result, map(element));
        }
        return result;
    }

    private static void mergeElement(MergeSchema.Rule rule, List<Object> result, Map<String, Object> element) {
        if (element.size() == 1 && "replace".equals(element.get(DIRECTIVE))) {
            return;
        }
        Object name = element.get(key(rule));
        if (name == null) {
            throw badPatch(
                    "map: " + JsonText.write(element) + " does not contain declared merge key: " + rule.mergeKey());
        }
        int index = indexOf(rule, result, name);
        if ("delete".equals(element.get(DIRECTIVE))) {
            if (index >= 0) {
                result.remove(index);
            }
        } else if (index >= 0) {
            result.set(index, strategic(rule.inside(), mapOrEmpty(result.get(index)), element));
        } else {
            // patched into nothing, so that directives inside take effect
            result.add(strategic(rule.inside(), Map.of(), element));
        }
    }

    /**
     * {@return the tree of an object as apply makes it: what was applied before and is applied no more is removed, what
     * is applied is set, what others have set stays}
     *
     * @param original what was applied last; empty if nothing is known of it
     * @param modified what is applied now
     * @param current the object as it is
     */
    public static Map<String, Object> threeWay(
            Class<? extends Resource> type,
            Map<String, Object> original,
            Map<String, Object> modified,
            Map<String, Object> current) {
        return threeWay(MergeSchema.of(type), original, modified, current);
    }

    private static Map<String, Object> threeWay(
            MergeSchema schema,
            Map<String, Object> original,
            Map<String, Object> modified,
            Map<String, Object> current) {
        var result = new LinkedHashMap<>(current);
        original.forEach((key, value) -> {
            if (!modified.containsKey(key)) {
                remove(schema.rule(key), result, key, value);
            }
        });
        modified.forEach((key, value) -> {
            MergeSchema.Rule rule = schema.rule(key);
            Object before = original.get(key);
            Object now = result.get(key);
            if (value == JsonNull.NULL) {
                result.remove(key);
            } else if (value instanceof Map && now instanceof Map) {
                var merged = threeWay(rule.inside(), mapOrEmpty(before), map(value), map(now));
                if (rule.retainsKeys()) {
                    merged.keySet().retainAll(map(value).keySet());
                }
                result.put(key, merged);
            } else if (value instanceof List<?> list && now instanceof List && rule.isMerged()) {
                result.put(key, threeWayList(rule, listOrEmpty(before), list, listOrEmpty(now)));
            } else {
                result.put(key, value);
            }
        });
        return result;
    }

    // Of a map of plain values, such as labels, only what was applied goes; a record goes with all that was filled in.
    private static void remove(MergeSchema.Rule rule, Map<String, Object> result, String key, Object before) {
        Object now = result.remove(key);
        if (rule.record() == null && before instanceof Map && now instanceof Map) {
            var rest = new LinkedHashMap<>(map(now));
            rest.keySet().removeAll(map(before).keySet());
            if (!rest.isEmpty()) {
                result.put(key, rest);
            }
        }
    }

    private static List<Object> threeWayList(
            MergeSchema.Rule rule, List<Object> original, List<?> modified, List<Object> current) {
        var result = new ArrayList<Object>();
        for (Object element : modified) {
            Object now = find(rule, current, element);
            if (rule.isSet() || now == null || !(element instanceof Map)) {
                result.add(element);
                continue;
            }
            Object before = find(rule, original, element);
            var merged = threeWay(rule.inside(), mapOrEmpty(before), map(element), map(now));
            if (rule.retainsKeys()) {
                merged.keySet().retainAll(map(element).keySet());
            }
            result.add(merged);
        }
        for (Object now : current) {
            if (find(rule, result, now) == null && find(rule, original, now) == null) {
                result.add(now); // somebody else's
            }
        }
        return result;
    }

    private static @Nullable Object find(MergeSchema.Rule rule, List<?> list, Object like) {
        if (rule.isSet()) {
            return list.contains(like) ? like : null;
        }
        Object name = like instanceof Map<?, ?> map ? map.get(rule.mergeKey()) : null;
        int index = name == null ? -1 : indexOf(rule, list, name);
        return index < 0 ? null : list.get(index);
    }

    private static int indexOf(MergeSchema.Rule rule, List<?> list, Object name) {
        for (int i = 0; i < list.size(); i++) {
            if (list.get(i) instanceof Map<?, ?> map && Objects.equals(map.get(rule.mergeKey()), name)) {
                return i;
            }
        }
        return -1;
    }

    private static String key(MergeSchema.Rule rule) {
        return String.valueOf(rule.mergeKey());
    }

    private static Map<String, Object> withoutDirectives(Map<String, Object> patch) {
        var plain = new LinkedHashMap<>(patch);
        plain.keySet().removeIf(key -> key.startsWith("$") || key.startsWith(SET_ORDER));
        return plain;
    }

    @SuppressWarnings("unchecked") // the keys of a tree are texts
    static Map<String, Object> map(Object tree) {
        return (Map<String, Object>) tree;
    }

    static Map<String, Object> mapOrEmpty(@Nullable Object tree) {
        return tree instanceof Map ? map(tree) : Map.of();
    }

    @SuppressWarnings("unchecked") // the elements of a tree's list are trees
    static List<Object> listOrEmpty(@Nullable Object tree) {
        return tree instanceof List ? (List<Object>) tree : List.of();
    }

    private static ApiException badPatch(String what) {
        return ApiException.of(ApiException.Reason.BAD_REQUEST, what);
    }
}
