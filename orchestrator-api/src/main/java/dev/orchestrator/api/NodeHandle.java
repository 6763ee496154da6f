package dev.orchestrator.api;

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

    /** {@return the pods bound to the node} */
    List<Pod> pods();
}
