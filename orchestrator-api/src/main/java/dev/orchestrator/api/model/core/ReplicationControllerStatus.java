package dev.orchestrator.api.model.core;

import java.util.List;

import dev.orchestrator.api.collect.Immutables;
import dev.orchestrator.api.model.Model;
import dev.orchestrator.api.model.Required;

/** What a replication controller was last seen to be. */
@Model
public record ReplicationControllerStatus(
        int availableReplicas,
        List<ReplicationControllerCondition> conditions,
        int fullyLabeledReplicas,
        long observedGeneration,
        int readyReplicas,
        @Required int replicas) {

    /** With nothing set. */
    public static final ReplicationControllerStatus EMPTY =
            ReplicationControllerStatusBuilder.builder().build();

    /** Copies the collections and fills in what Kubernetes never leaves absent. */
    public ReplicationControllerStatus {
        conditions = Immutables.list(conditions);
    }
}
