package dev.orchestrator.runtime.placement;

import java.util.HashMap;
import java.util.Map;
import java.util.function.BinaryOperator;
import java.util.function.Function;

import dev.orchestrator.api.model.Quantity;
import dev.orchestrator.api.model.core.Container;
import dev.orchestrator.api.model.core.PodSpec;
import dev.orchestrator.api.model.core.ResourceRequirements;

/** What a pod asks of its node, and what it is bounded by. */
public final class PodAmounts {

    private PodAmounts() {}

    /** {@return what the pod takes from its node: containers, sidecars, init containers, overhead} */
    public static Map<String, Quantity> requests(PodSpec spec) {
        Map<String, Quantity> requests = requestsOfContainers(spec);
        merge(requests, spec.overhead(), Quantity::plus);
        return requests;
    }

    /** {@return what the pod is bounded by, with its overhead} */
    public static Map<String, Quantity> limits(PodSpec spec) {
        Map<String, Quantity> limits = limitsOfContainers(spec);
        // What a pod costs beside its containers does not make a limit of a resource that has none.
        spec.overhead().forEach((name, cost) -> limits.computeIfPresent(name, (any, limit) -> limit.plus(cost)));
        return limits;
    }

    /** {@return what the containers of the pod ask for together, in a map of the caller's own} */
    public static Map<String, Quantity> requestsOfContainers(PodSpec spec) {
        return total(spec, ResourceRequirements::requests);
    }

    /** {@return what the containers of the pod are bounded by together, in a map of the caller's own} */
    public static Map<String, Quantity> limitsOfContainers(PodSpec spec) {
        return total(spec, ResourceRequirements::limits);
    }

    // Init containers run one after the other, each beside the sidecars that started before it.
    private static Map<String, Quantity> total(
            PodSpec spec, Function<ResourceRequirements, Map<String, Quantity>> part) {
        var running = new HashMap<String, Quantity>();
        spec.containers().forEach(container -> merge(running, part.apply(container.resources()), Quantity::plus));
        var sidecars = new HashMap<String, Quantity>();
        var starting = new HashMap<String, Quantity>();
        for (Container container : spec.initContainers()) {
            Map<String, Quantity> own = part.apply(container.resources());
            var beside = new HashMap<>(sidecars);
            merge(beside, own, Quantity::plus);
            merge(starting, beside, PodAmounts::larger);
            if ("Always".equals(container.restartPolicy())) {
                merge(running, own, Quantity::plus);
                merge(sidecars, own, Quantity::plus);
            }
        }
        merge(running, starting, PodAmounts::larger);
        if (spec.resources() != null) {
            running.putAll(part.apply(spec.resources()));
        }
        return running;
    }

    private static void merge(
            Map<String, Quantity> into, Map<String, Quantity> amounts, BinaryOperator<Quantity> operator) {
        amounts.forEach((name, amount) -> into.merge(name, amount, operator));
    }

    private static Quantity larger(Quantity one, Quantity other) {
        return one.compareTo(other) >= 0 ? one : other;
    }
}
