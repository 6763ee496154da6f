package dev.orchestrator.api.model.apiextensions;

import java.time.Instant;

import dev.orchestrator.api.collect.Immutables;
import dev.orchestrator.api.model.Model;
import dev.orchestrator.api.model.Required;
import org.jspecify.annotations.Nullable;

/** One observed aspect of a custom resource definition. */
@Model
public record CustomResourceDefinitionCondition(
        @Nullable Instant lastTransitionTime,
        @Nullable String message,
        @Nullable Long observedGeneration,
        @Nullable String reason,
        @Required String status,
        @Required String type) {

    /** Copies the collections and fills in what Kubernetes never leaves absent. */
    public CustomResourceDefinitionCondition {
        status = Immutables.text(status);
        type = Immutables.text(type);
    }
}
