package dev.orchestrator.runtime.kubelet;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import dev.orchestrator.api.model.Quantity;
import dev.orchestrator.api.model.core.Container;
import dev.orchestrator.api.model.core.PodSpec;

/** The quality of service a pod gets, by the CPU and memory its containers ask for. */
final class QosClass {

    private static final List<String> COUNTED = List.of("cpu", "memory");

    private QosClass() {}

    /** {@return {@code Guaranteed}, {@code Burstable} or {@code BestEffort}} */
    static String of(PodSpec spec) {
        var all = new ArrayList<Container>(spec.initContainers());
        all.addAll(spec.containers());
        boolean isAnySet = false;
        boolean isGuaranteed = true;
        for (Container container : all) {
            Map<String, Quantity> limits = container.resources().limits();
            Map<String, Quantity> requests = container.resources().requests();
            for (String resource : COUNTED) {
                Quantity limit = limits.get(resource);
                Quantity request = requests.getOrDefault(resource, limit == null ? Quantity.ZERO : limit);
                isAnySet |= isPositive(limit) || isPositive(request);
                isGuaranteed &= limit != null && limit.signum() > 0 && request.equals(limit);
            }
        }
        return !isAnySet ? "BestEffort" : isGuaranteed ? "Guaranteed" : "Burstable";
    }

    private static boolean isPositive(@org.jspecify.annotations.Nullable Quantity quantity) {
        return quantity != null && quantity.signum() > 0;
    }
}
