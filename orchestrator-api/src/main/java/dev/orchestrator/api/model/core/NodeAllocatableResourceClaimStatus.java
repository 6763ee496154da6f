package dev.orchestrator.api.model.core;

import java.util.List;
import java.util.Map;

import dev.orchestrator.api.collect.Immutables;
import dev.orchestrator.api.model.Model;
import dev.orchestrator.api.model.Quantity;
import dev.orchestrator.api.model.Required;

/** What a device claim takes from the resources of a node. */
@Model
public record NodeAllocatableResourceClaimStatus(
        List<String> containers,
        @Required String resourceClaimName,
        @Required Map<String, Quantity> resources) {

    /** Copies the collections and fills in what Kubernetes never leaves absent. */
    public NodeAllocatableResourceClaimStatus {
        containers = Immutables.list(containers);
        resourceClaimName = Immutables.text(resourceClaimName);
        resources = Immutables.map(resources);
    }
}
