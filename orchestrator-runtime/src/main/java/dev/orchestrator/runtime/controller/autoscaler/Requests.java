package dev.orchestrator.runtime.controller.autoscaler;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import dev.orchestrator.api.model.Quantity;
import dev.orchestrator.api.model.core.Container;
import dev.orchestrator.api.model.core.Pod;
import dev.orchestrator.api.model.core.ResourceRequirements;
import dev.orchestrator.runtime.placement.PodAmounts;
import org.jspecify.annotations.Nullable;

/** What pods request of a resource: the whole of which utilization is a part. */
final class Requests {

    private Requests() {}

    /**
     * {@return the requests by the names of the pods, in thousandths}
     *
     * @param only of which container; null for all together
     */
    static Map<String, Long> of(List<Pod> pods, String resource, @Nullable String only) throws UnknownMetricException {
        var requests = new HashMap<String, Long>();
        for (Pod pod : pods) {
            requests.put(pod.key().name(), of(pod, resource, only));
        }
        return requests;
    }

    private static long of(Pod pod, String resource, @Nullable String only) throws UnknownMetricException {
        ResourceRequirements whole = pod.spec().resources();
        if (only == null && whole != null && !whole.requests().isEmpty()) {
            Quantity request = PodAmounts.requests(pod.spec()).get(resource);
            if (request == null) {
                throw new UnknownMetricException("missing pod-level request for " + resource + " in Pod "
                        + pod.key().name());
            }
            return request.milli();
        }
        long sum = 0;
        boolean isFound = false;
        for (Container container : pod.spec().containers()) {
            if (only == null || only.equals(container.name())) {
                sum += of(pod, container, resource);
                isFound = true;
            }
        }
        for (Container container : pod.spec().initContainers()) {
            boolean isSidecar = "Always".equals(container.restartPolicy());
            if (isSidecar && (only == null || only.equals(container.name()))) {
                sum += of(pod, container, resource);
                isFound = true;
            }
        }
        if (!isFound) {
            throw new UnknownMetricException(
                    "container " + only + " not found in Pod " + pod.key().name());
        }
        return sum;
    }

    private static long of(Pod pod, Container container, String resource) throws UnknownMetricException {
        Quantity request = container.resources().requests().get(resource);
        if (request == null) {
            throw new UnknownMetricException("missing request for " + resource + " in container " + container.name()
                    + " of Pod " + pod.key().name());
        }
        return request.milli();
    }
}
