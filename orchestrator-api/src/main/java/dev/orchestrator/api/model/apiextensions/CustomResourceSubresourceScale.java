package dev.orchestrator.api.model.apiextensions;

import dev.orchestrator.api.collect.Immutables;
import dev.orchestrator.api.model.Model;
import dev.orchestrator.api.model.Required;
import org.jspecify.annotations.Nullable;

/** Where a custom object keeps its numbers of replicas. */
@Model
public record CustomResourceSubresourceScale(
        @Nullable String labelSelectorPath,
        @Required String specReplicasPath,
        @Required String statusReplicasPath) {

    /** Copies the collections and fills in what Kubernetes never leaves absent. */
    public CustomResourceSubresourceScale {
        specReplicasPath = Immutables.text(specReplicasPath);
        statusReplicasPath = Immutables.text(statusReplicasPath);
    }
}
