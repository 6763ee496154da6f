package dev.orchestrator.runtime.kubelet;

import dev.orchestrator.api.model.core.Pod;

/** Knows whether new connections still come to a pod. */
@FunctionalInterface
public interface PodDrain {

    /**
     * Runs a task once no service sends new connections to a pod that is being deleted; at once if none does.
     *
     * @return takes the task back
     */
    Runnable whenDrained(Pod pod, String podIp, Runnable task);
}
