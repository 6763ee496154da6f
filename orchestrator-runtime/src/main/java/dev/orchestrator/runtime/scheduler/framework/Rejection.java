package dev.orchestrator.runtime.scheduler.framework;

import java.util.List;

/**
 * Why a node does not take a pod.
 *
 * @param reasons as Kubernetes words them, counted over all nodes in the pod's condition
 * @param resolvable whether removing other pods from the node could help
 */
public record Rejection(List<String> reasons, boolean resolvable) {

    /** Copies the reasons. */
    public Rejection {
        reasons = List.copyOf(reasons);
    }

    /** {@return a refusal that fewer pods on the node would lift} */
    public static Rejection resolvable(String reason) {
        return new Rejection(List.of(reason), true);
    }

    /** {@return a refusal that lasts until the node or the pod changes} */
    public static Rejection lasting(String reason) {
        return new Rejection(List.of(reason), false);
    }
}
