package dev.orchestrator.api.model.apps;

import java.util.List;

import dev.orchestrator.api.collect.Immutables;
import dev.orchestrator.api.model.Model;
import org.jspecify.annotations.Nullable;

/** What a deployment was last seen to be. */
@Model
public record DeploymentStatus(
        int availableReplicas,
        @Nullable Integer collisionCount,
        List<DeploymentCondition> conditions,
        long observedGeneration,
        int readyReplicas,
        int replicas,
        @Nullable Integer terminatingReplicas,
        int unavailableReplicas,
        int updatedReplicas) {

    /** With nothing set. */
    public static final DeploymentStatus EMPTY =
            DeploymentStatusBuilder.builder().build();

    /** Copies the collections and fills in what Kubernetes never leaves absent. */
    public DeploymentStatus {
        conditions = Immutables.list(conditions);
    }
}
