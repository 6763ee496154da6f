package dev.orchestrator.runtime.controller.deployment;

import java.util.List;

import dev.orchestrator.api.model.core.Pod;

/** The next step of a rollout that ends the old version before it begins the new one. */
final class RecreatePlan {

    private RecreatePlan() {}

    /** {@return the old replica sets to empty} */
    static List<Resize> emptyOld(RolloutState state) {
        return state.activeOld().stream().map(old -> new Resize(old.set(), 0)).toList();
    }

    /**
     * {@return whether old pods may still run, or still be created by a replica set that has not seen its new number}
     *
     * @param oldPods the pods of the old replica sets, terminating ones too: one of these still runs
     */
    static boolean mustWait(RolloutState state, List<Pod> oldPods) {
        return state.old().stream().anyMatch(old -> !old.set().isObserved())
                || oldPods.stream().anyMatch(pod -> !pod.isFinished());
    }

    /** {@return the replica set of the present template at its full size, if it has another} */
    static List<Resize> fillCurrent(RolloutState state) {
        ReplicaSetState current = state.current();
        int replicas = state.deployment().desiredReplicas();
        return current == null || current.wanted() == replicas
                ? List.of()
                : List.of(new Resize(current.set(), replicas));
    }
}
