package dev.orchestrator.runtime.admission.pod;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import dev.orchestrator.api.model.Quantity;
import dev.orchestrator.api.model.core.Container;
import dev.orchestrator.api.model.core.PodSpec;
import dev.orchestrator.api.model.core.ResourceRequirements;

/** How much a pod is promised, which decides who must go first when a node runs short. */
enum QosClass {
    /** Every container has limits of CPU and memory, and asks for all of that. */
    GUARANTEED,
    /** Something is asked for or limited. */
    BURSTABLE,
    /** Nothing is asked for. */
    BEST_EFFORT;

    private static final List<String> COUNTED = List.of("cpu", "memory");

    static QosClass of(PodSpec spec) {
        if (spec.resources() != null) {
            return of(List.of(spec.resources()));
        }
        return of(Stream.concat(spec.containers().stream(), spec.initContainers().stream())
                .map(Container::resources)
                .toList());
    }

    private static QosClass of(List<ResourceRequirements> all) {
        Map<String, Quantity> requests = new HashMap<>();
        Map<String, Quantity> limits = new HashMap<>();
        boolean limited = true;
        for (ResourceRequirements each : all) {
            add(each.requests(), requests);
            limited &= add(each.limits(), limits) == COUNTED.size();
        }
        if (requests.isEmpty() && limits.isEmpty()) {
            return BEST_EFFORT;
        }
        return limited && requests.equals(limits) ? GUARANTEED : BURSTABLE;
    }

    private static int add(Map<String, Quantity> amounts, Map<String, Quantity> sums) {
        int counted = 0;
        for (String name : COUNTED) {
            Quantity amount = amounts.get(name);
            if (amount != null && amount.signum() > 0) {
                sums.merge(name, amount, Quantity::plus);
                counted++;
            }
        }
        return counted;
    }
}
