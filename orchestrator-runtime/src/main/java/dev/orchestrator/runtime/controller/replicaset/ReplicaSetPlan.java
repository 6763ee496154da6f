package dev.orchestrator.runtime.controller.replicaset;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

import dev.orchestrator.api.model.apps.ReplicaSet;
import dev.orchestrator.api.model.core.Pod;

/**
 * What one pass over a replica set changes: either creates pods or deletes some, never both.
 *
 * @param create how many pods to create
 * @param delete the pods to delete
 */
record ReplicaSetPlan(int create, List<Pod> delete) {

    /** Copies the list. */
    ReplicaSetPlan {
        delete = List.copyOf(delete);
    }

    private static final ReplicaSetPlan NOTHING = new ReplicaSetPlan(0, List.of());

    /**
     * Compares wanted and actual; reads no clock and changes nothing.
     *
     * @param owned all pods of the replica set
     * @param related the pods of all replica sets with the same owner, asked for only when some must be chosen
     */
    static ReplicaSetPlan of(ReplicaSet desired, List<Pod> owned, Supplier<List<Pod>> related, Instant now) {
        if (desired.metadata().isTerminating()) {
            return NOTHING;
        }
        List<Pod> active = active(owned);
        int missing = desired.desiredReplicas() - active.size();
        if (missing >= 0) {
            return missing == 0 ? NOTHING : new ReplicaSetPlan(missing, List.of());
        }
        if (desired.desiredReplicas() == 0) {
            return new ReplicaSetPlan(0, active);
        }
        return new ReplicaSetPlan(0, DeletionOrder.choose(active, -missing, related.get(), now));
    }

    /** {@return the pods that count: a finished or terminating pod is replaced} */
    static List<Pod> active(List<Pod> pods) {
        var active = new ArrayList<Pod>(pods.size());
        for (Pod pod : pods) {
            if (pod.isActive()) {
                active.add(pod);
            }
        }
        return active;
    }
}
