package dev.orchestrator.runtime.scheduler.framework;

import java.util.List;

import dev.orchestrator.api.model.core.Pod;
import dev.orchestrator.api.model.policy.PodDisruptionBudget;
import org.jspecify.annotations.Nullable;

/**
 * What would be if pods were gone: pods are taken off nodes and put back, and every filter sees the difference.
 *
 * <p>Whoever takes a pod off puts it back before returning.
 */
public interface Trial {

    /** {@return how many nodes there are} */
    int nodeCount();

    /** {@return the node of that name if it is stored} */
    @Nullable
    NodeInfo find(String node);

    /** {@return why the node does not take the pod now; null when it does} */
    @Nullable
    Refusal check(PodInfo pod, NodeInfo node);

    /** Takes a pod off its node. */
    void remove(PlacedPod pod, NodeInfo node);

    /** Puts a pod back. */
    void add(PlacedPod pod, NodeInfo node);

    /** {@return the stored pod; null when it is gone} */
    @Nullable
    Pod stored(PlacedPod pod);

    /** {@return the disruption budgets of a namespace} */
    List<PodDisruptionBudget> budgets(String namespace);
}
