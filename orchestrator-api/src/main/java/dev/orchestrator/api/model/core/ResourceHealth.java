package dev.orchestrator.api.model.core;

import dev.orchestrator.api.collect.Immutables;
import dev.orchestrator.api.model.Model;
import dev.orchestrator.api.model.Required;
import org.jspecify.annotations.Nullable;

/** Whether a device works. */
@Model
public record ResourceHealth(
        @Nullable String health,
        @Nullable String message,
        @Required String resourceID) {

    /** Copies the collections and fills in what Kubernetes never leaves absent. */
    public ResourceHealth {
        resourceID = Immutables.text(resourceID);
    }
}
