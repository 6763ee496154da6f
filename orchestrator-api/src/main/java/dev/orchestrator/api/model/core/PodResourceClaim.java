package dev.orchestrator.api.model.core;

import dev.orchestrator.api.collect.Immutables;
import dev.orchestrator.api.model.Model;
import dev.orchestrator.api.model.Required;
import org.jspecify.annotations.Nullable;

/** A device claim that a pod uses. */
@Model
public record PodResourceClaim(
        @Required String name,
        @Nullable String resourceClaimName,
        @Nullable String resourceClaimTemplateName) {

    /** Copies the collections and fills in what Kubernetes never leaves absent. */
    public PodResourceClaim {
        name = Immutables.text(name);
    }
}
