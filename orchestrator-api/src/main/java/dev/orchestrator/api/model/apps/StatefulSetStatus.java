package dev.orchestrator.api.model.apps;

import java.util.List;

import dev.orchestrator.api.collect.Immutables;
import dev.orchestrator.api.model.Model;
import dev.orchestrator.api.model.Required;
import org.jspecify.annotations.Nullable;

/** What a stateful set was last seen to be. */
@Model
public record StatefulSetStatus(
        int availableReplicas,
        @Nullable Integer collisionCount,
        List<StatefulSetCondition> conditions,
        int currentReplicas,
        @Nullable String currentRevision,
        long observedGeneration,
        int readyReplicas,
        @Required int replicas,
        @Nullable String updateRevision,
        int updatedReplicas) {

    /** With nothing set. */
    public static final StatefulSetStatus EMPTY =
            StatefulSetStatusBuilder.builder().build();

    /** Copies the collections and fills in what Kubernetes never leaves absent. */
    public StatefulSetStatus {
        conditions = Immutables.list(conditions);
    }
}
