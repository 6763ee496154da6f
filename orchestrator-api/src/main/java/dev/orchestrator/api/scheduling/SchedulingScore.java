package dev.orchestrator.api.scheduling;

import dev.orchestrator.api.model.core.Pod;

/** A preference among the nodes that can run a pod; asked as a {@link SchedulingFilter} is. */
@FunctionalInterface
public interface SchedulingScore {

    /**
     * {@return how much the node is preferred: any number, more is better}
     *
     * <p>The numbers of all nodes that can run the pod are scaled to 0 for the least and 100 for the greatest.
     */
    long score(Pod pod, NodeView node);
}
