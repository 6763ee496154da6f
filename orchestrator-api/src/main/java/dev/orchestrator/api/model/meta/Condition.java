package dev.orchestrator.api.model.meta;

import java.time.Instant;

import dev.orchestrator.api.collect.Immutables;
import dev.orchestrator.api.model.Model;
import dev.orchestrator.api.model.Required;
import org.jspecify.annotations.Nullable;

/** One observed aspect of an object. */
@Model
public record Condition(
        @Required @Nullable Instant lastTransitionTime,
        @Required String message,
        @Nullable Long observedGeneration,
        @Required String reason,
        @Required String status,
        @Required String type) {

    /** Copies the collections and fills in what Kubernetes never leaves absent. */
    public Condition {
        message = Immutables.text(message);
        reason = Immutables.text(reason);
        status = Immutables.text(status);
        type = Immutables.text(type);
    }
}
