package dev.orchestrator.api.scheduling;

import java.util.Optional;

import dev.orchestrator.api.model.core.Pod;

/**
 * A rule that a node must meet to run a pod, besides Kubernetes' own.
 *
 * <p>Asked for one pod and one node after another by the scheduler's only thread, so it must not block. What it throws
 * is an error of the pod's scheduling: it is reported on the pod, which is tried again later. A pod that it kept off a
 * node is tried again whenever something changes.
 */
@FunctionalInterface
public interface SchedulingFilter {

    /**
     * {@return why the node must not run the pod, such as {@code node(s) had no licence}, counted over all nodes in the
     * pod's condition; empty when it may}
     */
    Optional<String> refusal(Pod pod, NodeView node);
}
