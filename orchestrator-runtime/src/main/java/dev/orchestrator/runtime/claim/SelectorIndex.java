package dev.orchestrator.runtime.claim;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import dev.orchestrator.api.model.ObjectKey;
import dev.orchestrator.api.model.Selector;
import dev.orchestrator.api.model.Selector.Operator;
import dev.orchestrator.api.model.Selector.Requirement;
import dev.orchestrator.api.model.meta.LabelSelector;
import org.jspecify.annotations.Nullable;

/**
 * Finds the objects that select a pod without trying all of them: each is filed under one label that it asks for. Used
 * by one thread.
 */
public final class SelectorIndex {

    /** Where an object is filed; an empty label is for selectors that ask for no single value. */
    private record Place(String namespace, String label, String value) {}

    private final Map<ObjectKey, Selector> selectors = new HashMap<>();
    private final Map<Place, Set<ObjectKey>> places = new HashMap<>();

    /** Files an owner anew; one that selects everything is left out, as it can only be a mistake. */
    public void putOwner(ObjectKey key, @Nullable LabelSelector selector) {
        Selector chosen = Selector.of(selector);
        if (chosen.requirements().isEmpty()) {
            remove(key);
        } else {
            put(key, chosen);
        }
    }

    /** Files an object anew. */
    public void put(ObjectKey key, Selector selector) {
        if (selector.equals(selectors.get(key))) {
            return;
        }
        remove(key);
        selectors.put(key, selector);
        places.computeIfAbsent(place(key.namespace(), selector), missing -> new LinkedHashSet<>())
                .add(key);
    }

    /** Forgets an object. */
    public void remove(ObjectKey key) {
        Selector selector = selectors.remove(key);
        if (selector != null) {
            places.computeIfPresent(place(key.namespace(), selector), (place, keys) -> {
                keys.remove(key);
                return keys.isEmpty() ? null : keys;
            });
        }
    }

    /** {@return the objects whose selectors match these labels} */
    public List<ObjectKey> matching(String namespace, Map<String, String> labels) {
        var found = new ArrayList<ObjectKey>();
        collect(new Place(namespace, "", ""), labels, found);
        labels.forEach((label, value) -> collect(new Place(namespace, label, value), labels, found));
        return found;
    }

    private void collect(Place place, Map<String, String> labels, List<ObjectKey> found) {
        for (ObjectKey key : places.getOrDefault(place, Set.of())) {
            Selector selector = selectors.get(key);
            if (selector != null && selector.matches(labels)) {
                found.add(key);
            }
        }
    }

    private static Place place(String namespace, Selector selector) {
        for (Requirement requirement : selector.requirements()) {
            if (requirement.operator() == Operator.IN && requirement.values().size() == 1) {
                return new Place(
                        namespace,
                        requirement.key(),
                        requirement.values().iterator().next());
            }
        }
        return new Place(namespace, "", "");
    }
}
