package dev.orchestrator.api.model.core;

import dev.orchestrator.api.collect.Immutables;
import dev.orchestrator.api.model.Model;
import dev.orchestrator.api.model.Required;
import org.jspecify.annotations.Nullable;

/** The device claim made for a pod. */
@Model
public record PodResourceClaimStatus(
        @Required String name, @Nullable String resourceClaimName) {

    /** Copies the collections and fills in what Kubernetes never leaves absent. */
    public PodResourceClaimStatus {
        name = Immutables.text(name);
    }
}
