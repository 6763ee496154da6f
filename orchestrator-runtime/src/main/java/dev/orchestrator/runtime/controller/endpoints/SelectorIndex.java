package dev.orchestrator.runtime.controller.endpoints;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

import dev.orchestrator.api.model.ObjectKey;
import dev.orchestrator.api.model.core.Pod;
import dev.orchestrator.api.model.core.Service;
import org.jspecify.annotations.Nullable;

/**
 * Finds the services that select a pod in as many steps as the pod has labels, however many services there are.
 *
 * <p>Each service is filed under one of the labels it asks for, the one that the fewest others are filed under. Not
 * thread-safe.
 */
final class SelectorIndex {

    private record Label(String namespace, String key, String value) {}

    private record Filed(Label under, Map<String, String> selector) {}

    private final Map<ObjectKey, Filed> services = new HashMap<>();
    private final Map<Label, Set<ObjectKey>> byLabel = new HashMap<>();

    /** Takes over a service as it is now. */
    void put(Service service) {
        ObjectKey key = service.key();
        Map<String, String> selector = service.spec().selector();
        Filed old = services.get(key);
        if (old != null && old.selector.equals(selector)) {
            return;
        }
        remove(key);
        if (selector.isEmpty()) {
            return;
        }
        Label rarest = null;
        for (var entry : selector.entrySet()) {
            var label = new Label(key.namespace(), entry.getKey(), entry.getValue());
            if (rarest == null || filedUnder(label).size() < filedUnder(rarest).size()) {
                rarest = label;
            }
        }
        if (rarest != null) {
            byLabel.computeIfAbsent(rarest, label -> new LinkedHashSet<>()).add(key);
            services.put(key, new Filed(rarest, selector));
        }
    }

    /** Forgets a service. */
    void remove(ObjectKey key) {
        Filed old = services.remove(key);
        if (old != null) {
            byLabel.computeIfPresent(old.under, (label, keys) -> {
                keys.remove(key);
                return keys.isEmpty() ? null : keys;
            });
        }
    }

    private Set<ObjectKey> filedUnder(Label label) {
        return byLabel.getOrDefault(label, Set.of());
    }

    /** {@return the services that select the pod; none for null} */
    Set<ObjectKey> selecting(@Nullable Pod pod) {
        if (pod == null || services.isEmpty()) {
            return Set.of();
        }
        Set<ObjectKey> found = Set.of();
        String namespace = pod.metadata().namespaceOrEmpty();
        Map<String, String> labels = pod.metadata().labels();
        for (var entry : labels.entrySet()) {
            for (ObjectKey key : filedUnder(new Label(namespace, entry.getKey(), entry.getValue()))) {
                Filed filed = services.get(key);
                if (filed != null && labels.entrySet().containsAll(filed.selector.entrySet())) {
                    found = found.isEmpty() ? new LinkedHashSet<>() : found;
                    found.add(key);
                }
            }
        }
        return found;
    }
}
