package dev.orchestrator.api.scheduling;

import java.util.Optional;

import dev.orchestrator.api.model.core.Pod;

/**
 * Told of the node that was chosen for a pod before the pod is bound to it, to set something aside for it.
 *
 * <p>Called by the scheduler's only thread, so it must not block for long.
 */
public interface SchedulingReserve {

    /**
     * Sets something aside.
     *
     * @return why the pod can not go to the node after all; empty when it can. It is tried again later then
     */
    Optional<String> reserve(Pod pod, String node);

    /**
     * Gives back what {@link #reserve} has set aside: the pod does not go to the node after all.
     *
     * <p>Also called after a reservation that was refused or has thrown, so giving back nothing must do no harm.
     */
    void unreserve(Pod pod, String node);
}
