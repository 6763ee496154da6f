package dev.orchestrator.runtime.scheduler.topology;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

import dev.orchestrator.api.model.Selector;
import org.jspecify.annotations.Nullable;

/** Things that ask for labels, found by labels without asking each of them. */
final class BySelector<T> {

    private final Map<String, Map<String, Set<T>>> byLabel = new HashMap<>();
    private final Set<T> others = new LinkedHashSet<>();

    /** The requirement that few labels meet; null when there is none that names values. */
    private static Selector.@Nullable Requirement narrowest(Selector selector) {
        Selector.Requirement narrowest = null;
        for (Selector.Requirement requirement : selector.requirements()) {
            if (requirement.operator() == Selector.Operator.IN
                    && (narrowest == null
                            || requirement.values().size() < narrowest.values().size())) {
                narrowest = requirement;
            }
        }
        return narrowest;
    }

    void add(Selector selector, T thing) {
        Selector.Requirement narrowest = narrowest(selector);
        if (narrowest == null) {
            others.add(thing);
            return;
        }
        var byValue = byLabel.computeIfAbsent(narrowest.key(), key -> new HashMap<>());
        for (String value : narrowest.values()) {
            byValue.computeIfAbsent(value, missing -> new LinkedHashSet<>()).add(thing);
        }
    }

    void remove(Selector selector, T thing) {
        Selector.Requirement narrowest = narrowest(selector);
        if (narrowest == null) {
            others.remove(thing);
            return;
        }
        var byValue = byLabel.getOrDefault(narrowest.key(), Map.of());
        for (String value : narrowest.values()) {
            Set<T> things = byValue.getOrDefault(value, Set.of());
            things.remove(thing);
            if (things.isEmpty()) {
                byValue.remove(value);
            }
        }
        if (byValue.isEmpty()) {
            byLabel.remove(narrowest.key());
        }
    }

    boolean isEmpty() {
        return byLabel.isEmpty() && others.isEmpty();
    }

    /** Shows all that may select these labels, and perhaps others. */
    void candidates(Map<String, String> labels, Consumer<T> visitor) {
        others.forEach(visitor);
        if (byLabel.isEmpty()) {
            return;
        }
        labels.forEach((key, value) -> {
            var byValue = byLabel.get(key);
            if (byValue != null) {
                byValue.getOrDefault(value, Set.of()).forEach(visitor);
            }
        });
    }
}
