package dev.orchestrator.runtime.scheduler.framework;

import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * A rule that a node must meet to run a pod.
 *
 * <p>Asked once per pod for the check of single nodes, so that what depends on the pod alone is worked out once.
 */
public interface FilterPlugin {

    /** {@return the name by which messages and configuration call it} */
    String name();

    /** {@return the check of nodes for this pod; null when the rule asks nothing of any node} */
    @Nullable
    NodeFilter filterFor(PodInfo pod);

    /** {@return the only nodes worth looking at for this pod; null when all are} */
    default @Nullable Set<String> onlyNodes(PodInfo pod) {
        return null;
    }

    /** {@return whether its answer about a node depends on other nodes or on pods that are not there} */
    default boolean looksAround() {
        return false;
    }

    /**
     * {@return whether something that happened elsewhere can make a node take a pod that it refused by this rule}
     *
     * <p>Only asked of rules that look around: the refusing node itself is asked again whenever it improves.
     */
    default boolean mayBeHelpedBy(PodInfo refused, ClusterEvent event) {
        return true;
    }

    /** A rule applied to one pod. */
    @FunctionalInterface
    interface NodeFilter {

        /** {@return why the node does not take the pod; null when it does} */
        @Nullable
        Rejection check(NodeInfo node);
    }
}
