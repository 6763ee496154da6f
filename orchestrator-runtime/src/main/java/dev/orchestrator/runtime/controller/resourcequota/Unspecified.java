package dev.orchestrator.runtime.controller.resourcequota;

import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

import dev.orchestrator.api.model.Resource;
import dev.orchestrator.api.model.core.Container;
import dev.orchestrator.api.model.core.Pod;

/** Finds what every container has to say because a quota counts it: CPU and memory only, as in Kubernetes. */
final class Unspecified {

    private static final Set<String> REQUIRED =
            Set.of("cpu", "memory", "requests.cpu", "requests.memory", "limits.cpu", "limits.memory");

    private Unspecified() {}

    /** {@return which resources which containers leave out, as {@code limits.cpu for: a,b; ...}; empty if none} */
    static String of(Resource object, Collection<String> counted) {
        if (!(object instanceof Pod pod)) {
            return "";
        }
        var required = new TreeSet<>(counted);
        required.retainAll(REQUIRED);
        if (required.isEmpty()) {
            return "";
        }
        Map<String, Set<String>> missing = new TreeMap<>();
        pod.spec().containers().forEach(container -> add(container, required, missing));
        pod.spec().initContainers().forEach(container -> add(container, required, missing));
        return missing.entrySet().stream()
                .map(each -> each.getKey() + " for: " + String.join(",", each.getValue()))
                .collect(Collectors.joining("; "));
    }

    private static void add(Container container, Set<String> required, Map<String, Set<String>> missing) {
        var left = new TreeSet<>(required);
        left.removeAll(QuotaUsage.ofCompute(
                        container.resources().requests(), container.resources().limits())
                .keySet());
        left.forEach(resource ->
                missing.computeIfAbsent(resource, none -> new TreeSet<>()).add(container.name()));
    }
}
