package dev.orchestrator.runtime.kubelet;

import java.util.Map;

import dev.orchestrator.api.model.Quantity;
import dev.orchestrator.api.model.core.Container;
import dev.orchestrator.api.model.core.ContainerStatus;
import dev.orchestrator.api.model.core.Pod;
import dev.orchestrator.api.model.core.ResourceRequirements;
import org.jspecify.annotations.Nullable;

/** How much of a node's CPU, in thousandths, or memory, in bytes, a pod asks for. */
final class PodRequests {

    static final String CPU = "cpu";
    static final String MEMORY = "memory";

    private PodRequests() {}

    /** {@return what the specification of a pod asks for} */
    static long wanted(Pod pod, String resource) {
        return sum(pod, resource, false);
    }

    /** {@return what was set aside for a pod} */
    static long allocated(Pod pod, String resource) {
        return sum(pod, resource, true);
    }

    private static long sum(Pod pod, String resource, boolean isAllocated) {
        ResourceRequirements whole = pod.spec().resources();
        if (whole != null && whole.requests().containsKey(resource)) {
            return amount(whole.requests(), resource) + amount(pod.spec().overhead(), resource);
        }
        long sidecars = 0;
        long highest = 0;
        for (Container init : pod.spec().initContainers()) {
            long request = request(pod, init, resource, isAllocated);
            if (PodView.isSidecar(init)) {
                sidecars += request;
            }
            highest = Math.max(highest, PodView.isSidecar(init) ? sidecars : sidecars + request);
        }
        long running = sidecars;
        for (Container container : pod.spec().containers()) {
            running += request(pod, container, resource, isAllocated);
        }
        return Math.max(highest, running) + amount(pod.spec().overhead(), resource);
    }

    private static long request(Pod pod, Container container, String resource, boolean isAllocated) {
        if (isAllocated) {
            ContainerStatus main = PodView.find(pod.status().containerStatuses(), container.name());
            ContainerStatus status =
                    main != null ? main : PodView.find(pod.status().initContainerStatuses(), container.name());
            if (status != null && status.allocatedResources().containsKey(resource)) {
                return amount(status.allocatedResources(), resource);
            }
        }
        return amount(container.resources().requests(), resource);
    }

    /** {@return the amount of a resource in a list; 0 when it is not there} */
    static long amount(Map<String, Quantity> list, String resource) {
        return amount(list.get(resource), resource);
    }

    private static long amount(@Nullable Quantity quantity, String resource) {
        if (quantity == null) {
            return 0;
        }
        return resource.equals(CPU) ? quantity.milli() : quantity.ceiling();
    }
}
