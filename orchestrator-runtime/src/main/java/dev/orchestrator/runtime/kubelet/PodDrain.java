package dev.orchestrator.runtime.kubelet;

/** Knows whether new connections still come to a pod. */
@FunctionalInterface
public interface PodDrain {

    /** Runs a task once no service sends new connections to the pod with this address; at once if none does. */
    void whenDrained(String podIp, Runnable task);
}
