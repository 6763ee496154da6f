package dev.orchestrator.api;

import java.time.Duration;
import java.util.List;

import dev.orchestrator.api.model.core.Node;
import dev.orchestrator.api.model.core.Pod;

/** A node. */
public interface NodeHandle extends ResourceHandle<Node, NodeHandle> {

    /** Lets no new pods onto the node; those that run there stay. */
    NodeHandle cordon();

    /** Lets new pods onto the node again. */
    NodeHandle uncordon();

    /**
     * Adds a taint, or replaces the one of the same key and effect.
     *
     * @param effect {@code NoSchedule}, {@code PreferNoSchedule} or {@code NoExecute}
     */
    NodeHandle taint(String key, String value, String effect);

    /** Removes the taints of a key. */
    NodeHandle untaint(String key);

    /** Removes the taint of a key and an effect. */
    NodeHandle untaint(String key, String effect);

    /**
     * Cordons the node and gets its pods off it, as {@code kubectl drain} without flags does; blocks until they are
     * gone.
     *
     * @throws ApiException with reason {@code BAD_REQUEST} if there are pods that must not go; the node stays cordoned
     * @throws AwaitException if pods were still there in the end; the node stays cordoned
     * @throws InterruptedException if interrupted while waiting; the node stays cordoned
     */
    default NodeHandle drain(Duration timeout) throws InterruptedException {
        return drain(DrainOptions.STANDARD, timeout);
    }

    /** Drains the node as {@link #drain(Duration)} does, with options. */
    NodeHandle drain(DrainOptions options, Duration timeout) throws InterruptedException;

    /**
     * {@return what the containers on the node use together, as {@code kubectl top node} shows it}
     *
     * @throws InterruptedException if interrupted while measuring
     */
    NodeUsage top() throws InterruptedException;

    /** {@return the pods bound to the node} */
    List<Pod> pods();
}
