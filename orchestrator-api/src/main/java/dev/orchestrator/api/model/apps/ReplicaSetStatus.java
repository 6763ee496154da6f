package dev.orchestrator.api.model.apps;

import java.util.List;

import dev.orchestrator.api.collect.Immutables;
import dev.orchestrator.api.model.Model;
import dev.orchestrator.api.model.Required;
import org.jspecify.annotations.Nullable;

/** What a replica set was last seen to be. */
@Model
public record ReplicaSetStatus(
        int availableReplicas,
        List<ReplicaSetCondition> conditions,
        int fullyLabeledReplicas,
        long observedGeneration,
        int readyReplicas,
        @Required int replicas,
        @Nullable Integer terminatingReplicas) {

    /** With nothing set. */
    public static final ReplicaSetStatus EMPTY =
            ReplicaSetStatusBuilder.builder().build();

    /** Copies the collections and fills in what Kubernetes never leaves absent. */
    public ReplicaSetStatus {
        conditions = Immutables.list(conditions);
    }
}
