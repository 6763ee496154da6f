package dev.orchestrator.runtime.scheduler.framework;

import dev.orchestrator.api.model.core.Pod;
import dev.orchestrator.api.model.core.PodSpec;
import org.jspecify.annotations.Nullable;

/**
 * A pod as the scheduler looks at it.
 *
 * @param pod the stored pod
 * @param demand what it takes from a node
 * @param group the pods it should be spread from; null when it stands alone
 */
public record PodInfo(Pod pod, PodDemand demand, @Nullable PodGroup group) {

    /** {@return the pod's spec} */
    public PodSpec spec() {
        return pod.spec();
    }
}
