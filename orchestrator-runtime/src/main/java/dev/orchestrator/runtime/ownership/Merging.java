package dev.orchestrator.runtime.ownership;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import dev.orchestrator.runtime.codec.JsonNull;
import org.jspecify.annotations.Nullable;

/** Lays what is applied over what there is. */
final class Merging {

    private Merging() {}

    /** {@return the object with every value that is applied; all else stays as it is} */
    static Map<String, Object> of(Schema schema, Map<String, Object> live, Map<String, Object> applied) {
        return fields(schema, live, applied);
    }

    private static Object merge(Schema schema, @Nullable Object live, Object applied) {
        Schema actual = schema.of(applied == JsonNull.NULL ? live : applied);
        if (actual.isLeaf() || Trees.isNothing(live)) {
            return applied;
        }
        if (actual instanceof Schema.ListOf list) {
            List<Object> before = Trees.list(live);
            return before.isEmpty() ? applied : elements(list, before, Trees.list(applied));
        }
        Map<String, Object> before = Trees.map(live);
        return before.isEmpty() ? applied : fields(actual, before, Trees.map(applied));
    }

    private static Map<String, Object> fields(Schema schema, Map<String, Object> live, Map<String, Object> applied) {
        var merged = new LinkedHashMap<>(live);
        applied.forEach((name, value) ->
                merged.put(name, merge(schema.inside(new PathElement.Field(name)), live.get(name), value)));
        return merged;
    }

    /** One side of a merge of lists: the steps to its elements in order, and the elements by them. */
    private record Side(List<PathElement> steps, List<Object> elements, Map<PathElement, Object> byStep) {

        static Side of(Schema.ListOf schema, List<Object> elements) {
            var steps = new ArrayList<PathElement>();
            var byStep = new HashMap<PathElement, Object>();
            for (int i = 0; i < elements.size(); i++) {
                PathElement step = step(schema, elements.get(i), i);
                steps.add(step);
                byStep.putIfAbsent(step, elements.get(i));
            }
            return new Side(steps, elements, byStep);
        }

        private static PathElement step(Schema.ListOf schema, Object element, int index) {
            try {
                return schema.stepTo(element);
            } catch (IllegalArgumentException keyless) {
                return new PathElement.Index(index);
            }
        }
    }

    /**
     * Elements that both lists have come in the order of the applied one; those that only the live list has keep their
     * place between them.
     */
    private static List<Object> elements(Schema.ListOf schema, List<Object> live, List<Object> applied) {
        Side before = Side.of(schema, live);
        Side after = Side.of(schema, applied);
        var shared = after.steps().stream().filter(before.byStep()::containsKey).toList();
        var merged = new ArrayList<Object>(live.size() + applied.size());
        Set<PathElement> done = new HashSet<>();
        int next = 0;
        int left = 0;
        for (int right = 0; left < live.size() || right < applied.size(); ) {
            PathElement mine = left < live.size() ? before.steps().get(left) : null;
            PathElement theirs = right < applied.size() ? after.steps().get(right) : null;
            boolean isShared = mine != null && after.byStep().containsKey(mine);
            if (mine != null && !isShared) {
                merged.add(before.elements().get(left++));
                continue;
            }
            if (mine != null && theirs != null && !mine.equals(theirs) && isLater(shared, next, mine)) {
                left++; // comes with its turn in the applied list
                continue;
            }
            if (mine != null && (done.contains(mine) || mine.equals(theirs))) {
                left++;
            }
            if (theirs != null) {
                merged.add(merge(schema.element(), before.byStep().get(theirs), applied.get(right++)));
                done.add(theirs);
                next += next < shared.size() && shared.get(next).equals(theirs) ? 1 : 0;
            }
        }
        return merged;
    }

    private static boolean isLater(List<PathElement> shared, int next, PathElement step) {
        return next < shared.size() && !shared.get(next).equals(step);
    }
}
