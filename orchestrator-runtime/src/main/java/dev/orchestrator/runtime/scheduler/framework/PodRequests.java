package dev.orchestrator.runtime.scheduler.framework;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import dev.orchestrator.api.model.Quantity;
import dev.orchestrator.api.model.core.Container;
import dev.orchestrator.api.model.core.PodSpec;
import dev.orchestrator.api.model.core.ResourceRequirements;

/**
 * How much of each resource a pod takes from its node: the arithmetic of containers, init containers, sidecars,
 * overhead and pod-level requests.
 *
 * <p>Source of the rule: {@code k8s.io/component-helpers/resource.PodRequests}.
 */
final class PodRequests {

    private static final Quantity ASSUMED_CPU = Quantity.ofMilli(100);
    private static final Quantity ASSUMED_MEMORY = Quantity.ofBytes(200L * 1024 * 1024);

    private PodRequests() {}

    /** {@return what the pod asks for} */
    public static ResourceAmounts asked(PodSpec spec) {
        return total(spec, Map.of());
    }

    /**
     * {@return what the pod asks for, with a guess for each container that asks for no CPU or memory: for scores only}
     */
    public static ResourceAmounts assumed(PodSpec spec) {
        return total(spec, Map.of(ResourceAmounts.CPU, ASSUMED_CPU, ResourceAmounts.MEMORY, ASSUMED_MEMORY));
    }

    private static ResourceAmounts total(PodSpec spec, Map<String, Quantity> missing) {
        ResourceAmounts running = ResourceAmounts.NONE;
        for (Container container : spec.containers()) {
            running = running.plus(of(container, missing));
        }
        // Init containers run one after the other, each beside the sidecars that started before it: with a sidecar of
        // 1 CPU, an init container of 3 and an app of 2 the pod takes max(1 + 2, 1 + 3) = 4.
        ResourceAmounts sidecars = ResourceAmounts.NONE;
        ResourceAmounts starting = ResourceAmounts.NONE;
        for (Container container : spec.initContainers()) {
            ResourceAmounts own = of(container, missing);
            if (isSidecar(container)) {
                running = running.plus(own);
                sidecars = sidecars.plus(own);
                starting = starting.max(sidecars);
            } else {
                starting = starting.max(own.plus(sidecars));
            }
        }
        return withPodLevel(spec, running.max(starting)).plus(ResourceAmounts.of(spec.overhead()));
    }

    static boolean isSidecar(Container initContainer) {
        return "Always".equals(initContainer.restartPolicy());
    }

    private static ResourceAmounts of(Container container, Map<String, Quantity> missing) {
        Map<String, Quantity> requests = container.resources().requests();
        if (missing.isEmpty()) {
            return ResourceAmounts.of(requests);
        }
        var filled = new HashMap<>(missing);
        filled.putAll(requests);
        return ResourceAmounts.of(filled);
    }

    private static ResourceAmounts withPodLevel(PodSpec spec, ResourceAmounts containers) {
        ResourceRequirements podLevel = spec.resources();
        if (podLevel == null || podLevel.requests().isEmpty()) {
            return containers;
        }
        Map<String, Quantity> requests = podLevel.requests();
        ResourceAmounts whole = ResourceAmounts.of(requests);
        var extended = new HashMap<>(containers.extended());
        whole.extended().forEach((name, amount) -> {
            if (name.startsWith("hugepages-")) {
                extended.put(name, amount);
            }
        });
        return new ResourceAmounts(
                requests.containsKey(ResourceAmounts.CPU) ? whole.milliCpu() : containers.milliCpu(),
                requests.containsKey(ResourceAmounts.MEMORY) ? whole.memory() : containers.memory(),
                containers.ephemeralStorage(),
                extended);
    }

    /** {@return the ports of the node that the pod occupies} */
    static List<HostPort> hostPorts(PodSpec spec) {
        var ports = new java.util.ArrayList<HostPort>(0);
        for (Container container : spec.containers()) {
            addHostPorts(container, ports);
        }
        for (Container container : spec.initContainers()) {
            if (isSidecar(container)) {
                addHostPorts(container, ports);
            }
        }
        return ports.isEmpty() ? List.of() : List.copyOf(ports);
    }

    private static void addHostPorts(Container container, List<HostPort> ports) {
        for (var port : container.ports()) {
            if (port.hostPort() > 0) {
                ports.add(HostPort.of(port.hostIP(), port.protocol(), port.hostPort()));
            }
        }
    }
}
