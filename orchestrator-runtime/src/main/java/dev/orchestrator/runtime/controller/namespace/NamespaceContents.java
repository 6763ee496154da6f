package dev.orchestrator.runtime.controller.namespace;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

import dev.orchestrator.api.model.Resource;
import dev.orchestrator.api.model.ResourceType;
import dev.orchestrator.api.model.ResourceTypes;

/**
 * What is left in a namespace that is being deleted.
 *
 * @param remaining how many objects there are of each type, by the name of the type
 * @param finalizers how many objects wait for each finalizer
 */
record NamespaceContents(Map<String, Integer> remaining, Map<String, Integer> finalizers) {

    /** Copies the maps, sorted. */
    NamespaceContents {
        remaining = Map.copyOf(remaining);
        finalizers = Map.copyOf(finalizers);
    }

    static NamespaceContents of(List<Resource> objects) {
        var remaining = new TreeMap<String, Integer>();
        var finalizers = new TreeMap<String, Integer>();
        for (Resource object : objects) {
            ResourceType<?> type = object.resourceType();
            remaining.merge(type.plural() + "." + type.group(), 1, Integer::sum);
            for (String finalizer : object.metadata().finalizers()) {
                finalizers.merge(finalizer, 1, Integer::sum);
            }
        }
        return new NamespaceContents(remaining, finalizers);
    }

    /** {@return what may be deleted now: pods first, since they use the rest until they have stopped} */
    static List<Resource> deletable(List<Resource> objects) {
        var pods = new ArrayList<Resource>();
        for (Resource object : objects) {
            if (object.resourceType().equals(ResourceTypes.POD)) {
                pods.add(object);
            }
        }
        return pods.isEmpty() ? objects : pods;
    }

    boolean isEmpty() {
        return remaining.isEmpty();
    }

    /** {@return such as {@code Some resources are remaining: pods. has 2 resource instances}} */
    String remainingText() {
        return "Some resources are remaining: " + text(remaining, " has ");
    }

    /** {@return such as {@code Some content in the namespace has finalizers remaining: a/b in 1 resource instances}} */
    String finalizersText() {
        return "Some content in the namespace has finalizers remaining: " + text(finalizers, " in ");
    }

    private static String text(Map<String, Integer> counts, String word) {
        return counts.entrySet().stream()
                .sorted(Map.Entry.comparingByKey(Comparator.naturalOrder()))
                .map(entry -> entry.getKey() + word + entry.getValue() + " resource instances")
                .collect(Collectors.joining(", "));
    }
}
