package dev.orchestrator.runtime.controller.deployment;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;

import dev.orchestrator.api.model.apps.ReplicaSet;
import dev.orchestrator.api.model.core.Pod;

/**
 * A replica set and what has become of it.
 *
 * @param set the replica set
 * @param pods how many pods it has, finished and terminating ones not counted
 * @param ready how many of them are ready
 * @param available how many of them have been ready for long enough
 */
record ReplicaSetState(ReplicaSet set, int pods, int ready, int available) {

    /** Oldest first; by name among those of one second. */
    static final Comparator<ReplicaSetState> OLDEST_FIRST = Comparator.comparing(
                    (ReplicaSetState state) -> created(state.set()))
            .thenComparing(state -> state.set().metadata().nameOrEmpty());

    private static Instant created(ReplicaSet set) {
        Instant created = set.metadata().creationTimestamp();
        return created == null ? Instant.MAX : created;
    }

    /** {@return what the replica set says about itself: it may lag behind} */
    static ReplicaSetState reported(ReplicaSet set) {
        var status = set.status();
        return new ReplicaSetState(set, status.replicas(), status.readyReplicas(), status.availableReplicas());
    }

    /** {@return what its pods say at this moment} */
    static ReplicaSetState counted(ReplicaSet set, List<Pod> owned, Instant now) {
        var minReady = Duration.ofSeconds(set.spec().minReadySeconds());
        int pods = 0;
        int ready = 0;
        int available = 0;
        for (Pod pod : owned) {
            if (!pod.isActive()) {
                continue;
            }
            pods++;
            if (pod.isReady()) {
                ready++;
                available += pod.isAvailable(minReady, now) ? 1 : 0;
            }
        }
        return new ReplicaSetState(set, pods, ready, available);
    }

    /** {@return how many pods it is told to have} */
    int wanted() {
        return set.desiredReplicas();
    }

    /** {@return how many pods it has or may have at any moment, provided that it has seen what it is told} */
    int mostPods() {
        return Math.max(wanted(), pods);
    }

    /** {@return how many ready pods will be left when it has done what it is told: unready ones go first} */
    int lastingReady() {
        return Math.min(ready, wanted());
    }

    /**
     * {@return how many available pods will be left at least when it has done what it is told}
     *
     * <p>Unready pods go first. Among ready ones age comes after deletion cost and crowded nodes, so every further pod
     * that goes may be an available one.
     */
    int lastingAvailable() {
        return Math.max(0, available - Math.max(0, ready - wanted()));
    }
}
