package dev.orchestrator.api.model.core;

import java.util.List;

import dev.orchestrator.api.collect.Immutables;
import dev.orchestrator.api.model.Model;
import dev.orchestrator.api.model.Required;

/** The device claim made for a pod's extended resources. */
@Model
public record PodExtendedResourceClaimStatus(
        @Required List<ContainerExtendedResourceRequest> requestMappings,
        @Required String resourceClaimName) {

    /** Copies the collections and fills in what Kubernetes never leaves absent. */
    public PodExtendedResourceClaimStatus {
        requestMappings = Immutables.list(requestMappings);
        resourceClaimName = Immutables.text(resourceClaimName);
    }
}
