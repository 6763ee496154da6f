package dev.orchestrator.runtime.handle;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import dev.orchestrator.api.ApiException;
import dev.orchestrator.api.ContainerUsage;
import dev.orchestrator.api.NodeUsage;
import dev.orchestrator.api.model.Quantity;
import dev.orchestrator.api.model.core.ContainerStatus;
import dev.orchestrator.api.model.core.Node;
import dev.orchestrator.api.model.core.Pod;
import org.jspecify.annotations.Nullable;

/** What containers use. */
final class Usage {

    private static final int PERCENT = 100;

    private Usage() {}

    /** {@return the usage of each container of a pod that runs} */
    static List<ContainerUsage> of(ContainerAccess containers, Pod pod) throws InterruptedException {
        var usages = new ArrayList<ContainerUsage>();
        for (ContainerStatus status : pod.status().containerStatuses()) {
            if (status.state().running() != null) {
                try {
                    usages.add(containers.usage(pod, status.name()));
                } catch (ApiException stopped) {
                    // It has ended since the pod was read, or its node can not be reached: there is nothing to measure.
                    if (stopped.reason() != ApiException.Reason.INTERNAL_ERROR) {
                        throw stopped;
                    }
                }
            }
        }
        return usages;
    }

    /** {@return the usage of the containers on a node} */
    static NodeUsage of(ContainerAccess containers, Node node, List<Pod> pods, Instant now)
            throws InterruptedException {
        Quantity cpu = Quantity.ZERO;
        Quantity memory = Quantity.ofBytes(0);
        for (Pod pod : pods) {
            for (ContainerUsage usage : of(containers, pod)) {
                cpu = cpu.plus(usage.cpu());
                memory = memory.plus(usage.memory());
            }
        }
        Map<String, Quantity> all = node.status().allocatable();
        return new NodeUsage(now, cpu, percent(cpu, all.get("cpu")), memory, percent(memory, all.get("memory")));
    }

    static long percent(Quantity part, @Nullable Quantity whole) {
        return whole == null || whole.signum() <= 0
                ? 0
                : (long) (part.amount().doubleValue() * PERCENT / whole.amount().doubleValue());
    }
}
