package dev.orchestrator.runtime.controller.deployment;

import java.util.Comparator;
import java.util.List;

import dev.orchestrator.api.model.apps.Deployment;
import dev.orchestrator.api.model.apps.ReplicaSet;

/** Which old versions of a deployment are kept to go back to. */
final class RevisionHistory {

    private RevisionHistory() {}

    /** {@return the old replica sets to delete: the lowest revisions beyond the limit, if they have no pods} */
    static List<ReplicaSet> surplus(Deployment deployment, List<ReplicaSetState> old) {
        Integer limit = deployment.spec().revisionHistoryLimit();
        if (limit == null || limit == Integer.MAX_VALUE) {
            return List.of();
        }
        List<ReplicaSet> alive = old.stream()
                .map(ReplicaSetState::set)
                .filter(set -> !set.metadata().isTerminating())
                .toList();
        return alive.stream()
                .sorted(Comparator.comparingLong(
                        (ReplicaSet set) -> set.revision().orElse(0)))
                .limit(Math.max(0, alive.size() - limit))
                .filter(set -> set.desiredReplicas() == 0 && set.status().replicas() == 0 && set.isObserved())
                .toList();
    }
}
