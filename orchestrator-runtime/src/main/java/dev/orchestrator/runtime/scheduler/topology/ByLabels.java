package dev.orchestrator.runtime.scheduler.topology;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

import dev.orchestrator.api.model.Selector;

/** Things that have labels, found by what is asked of labels without looking at each of them. */
final class ByLabels<T> {

    private final Map<String, Map<String, Set<T>>> byLabel = new HashMap<>();
    private final Set<T> all = new LinkedHashSet<>();

    void add(Map<String, String> labels, T thing) {
        all.add(thing);
        labels.forEach((key, value) -> byLabel.computeIfAbsent(key, missing -> new HashMap<>())
                .computeIfAbsent(value, missing -> new LinkedHashSet<>())
                .add(thing));
    }

    void remove(Map<String, String> labels, T thing) {
        all.remove(thing);
        labels.forEach((key, value) -> {
            var byValue = byLabel.getOrDefault(key, Map.of());
            Set<T> things = byValue.getOrDefault(value, Set.of());
            things.remove(thing);
            if (things.isEmpty()) {
                byValue.remove(value);
            }
            if (byValue.isEmpty()) {
                byLabel.remove(key);
            }
        });
    }

    /** Shows all that the selector may select, and perhaps others. */
    void candidates(Selector selector, Consumer<T> visitor) {
        for (Selector.Requirement requirement : selector.requirements()) {
            if (requirement.operator() == Selector.Operator.IN) {
                var byValue = byLabel.getOrDefault(requirement.key(), Map.of());
                for (String value : requirement.values()) {
                    byValue.getOrDefault(value, Set.of()).forEach(visitor);
                }
                return;
            }
        }
        for (Selector.Requirement requirement : selector.requirements()) {
            if (requirement.operator() == Selector.Operator.EXISTS) {
                var byValue = byLabel.getOrDefault(requirement.key(), Map.of());
                byValue.values().forEach(things -> things.forEach(visitor));
                return;
            }
        }
        all.forEach(visitor);
    }
}
