package dev.orchestrator.runtime.ownership;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * What tells two states of an object apart.
 *
 * @param added the paths that only the second has
 * @param removed the paths that only the first has
 * @param modified the paths whose values differ
 */
record Comparison(FieldSet added, FieldSet removed, FieldSet modified) {

    /** A place in all three sets. */
    private record Place(FieldSet.Growing added, FieldSet.Growing removed, FieldSet.Growing modified) {

        Place child(PathElement step) {
            return new Place(added.child(step), removed.child(step), modified.child(step));
        }
    }

    /** {@return what the second state has otherwise than the first} */
    static Comparison of(Schema schema, Map<String, Object> old, Map<String, Object> now) {
        var place = new Place(new FieldSet.Growing(), new FieldSet.Growing(), new FieldSet.Growing());
        parts(schema, old, now, place);
        return new Comparison(
                place.added().build(), place.removed().build(), place.modified().build());
    }

    /** {@return the same, but for some paths and what is below them} */
    Comparison without(FieldSet paths) {
        return new Comparison(added.without(paths), removed.without(paths), modified.without(paths));
    }

    /** {@return the paths that the second state has otherwise than the first, or only it has} */
    FieldSet written() {
        return added.union(modified);
    }

    private static void compare(Schema schema, @Nullable Object old, @Nullable Object now, Place place) {
        Object sample = Trees.isNothing(now) ? old : now;
        Schema actual = schema.of(sample);
        boolean otherShape = schema == Schema.Untyped.UNTYPED
                && !Trees.isNothing(old)
                && actual.getClass() != schema.of(old).getClass();
        if (actual.isLeaf() || otherShape || (isHollow(old) && isHollow(now))) {
            if (old == null) {
                place.added().add();
            } else if (now == null) {
                place.removed().add();
            } else if (!old.equals(now)) {
                place.modified().add();
            }
            return;
        }
        parts(actual, old, now, place);
        if (old == null) {
            place.added().add();
        } else if (now == null) {
            place.removed().add();
        }
    }

    // An empty map and a null are different values, but have no parts that could be compared.
    private static boolean isHollow(@Nullable Object tree) {
        return Trees.isNothing(tree)
                || (tree instanceof Map<?, ?> map && map.isEmpty())
                || (tree instanceof List<?> list && list.isEmpty());
    }

    private static void parts(Schema schema, @Nullable Object old, @Nullable Object now, Place place) {
        if (schema instanceof Schema.ListOf list) {
            elements(list, Trees.list(old), Trees.list(now), place);
            return;
        }
        Map<String, Object> before = Trees.map(old);
        Map<String, Object> after = Trees.map(now);
        var names = new LinkedHashSet<>(before.keySet());
        names.addAll(after.keySet());
        for (String name : names) {
            var step = new PathElement.Field(name);
            compare(schema.inside(step), before.get(name), after.get(name), place.child(step));
        }
    }

    private static void elements(Schema.ListOf schema, List<Object> old, List<Object> now, Place place) {
        Map<PathElement, List<Object>> before = byStep(schema, old);
        Map<PathElement, List<Object>> after = byStep(schema, now);
        var steps = new LinkedHashSet<>(before.keySet());
        steps.addAll(after.keySet());
        for (PathElement step : steps) {
            Place inside = place.child(step);
            List<Object> left = before.getOrDefault(step, List.of());
            List<Object> right = after.getOrDefault(step, List.of());
            if (left.size() <= 1 && right.size() <= 1) {
                compare(schema.element(), first(left), first(right), inside);
            } else if (left.size() > 1 && right.size() > 1) {
                if (!left.equals(right)) {
                    inside.modified().add();
                }
            } else if (left.size() > 1) {
                // Twice before, and no more: what is left is as if it were new.
                if (!right.isEmpty()) {
                    compare(schema.element(), null, first(right), inside);
                }
                inside.removed().add();
            } else {
                if (!left.isEmpty()) {
                    compare(schema.element(), first(left), null, inside);
                }
                inside.added().add();
            }
        }
    }

    private static @Nullable Object first(List<Object> elements) {
        return elements.isEmpty() ? null : elements.getFirst();
    }

    /** {@return the elements of a list by what tells them apart; those that nothing does are left out} */
    static Map<PathElement, List<Object>> byStep(Schema.ListOf schema, List<Object> elements) {
        var byStep = new LinkedHashMap<PathElement, List<Object>>();
        for (Object element : elements) {
            try {
                byStep.computeIfAbsent(schema.stepTo(element), first -> new ArrayList<>(1))
                        .add(element);
            } catch (IllegalArgumentException keyless) {
                continue; // stored before anybody asked who owns it: nobody does
            }
        }
        return byStep;
    }
}
