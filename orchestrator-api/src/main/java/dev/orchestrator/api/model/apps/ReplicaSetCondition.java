package dev.orchestrator.api.model.apps;

import java.time.Instant;

import dev.orchestrator.api.collect.Immutables;
import dev.orchestrator.api.model.Model;
import dev.orchestrator.api.model.Required;
import org.jspecify.annotations.Nullable;

/** One observed aspect of a replica set. */
@Model
public record ReplicaSetCondition(
        @Nullable Instant lastTransitionTime,
        @Nullable String message,
        @Nullable String reason,
        @Required String status,
        @Required String type) {

    /** Copies the collections and fills in what Kubernetes never leaves absent. */
    public ReplicaSetCondition {
        status = Immutables.text(status);
        type = Immutables.text(type);
    }
}
