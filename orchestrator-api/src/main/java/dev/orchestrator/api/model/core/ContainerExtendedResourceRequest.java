package dev.orchestrator.api.model.core;

import dev.orchestrator.api.collect.Immutables;
import dev.orchestrator.api.model.Model;
import dev.orchestrator.api.model.Required;

/** Ties a request of a container to a device claim. */
@Model
public record ContainerExtendedResourceRequest(
        @Required String containerName,
        @Required String requestName,
        @Required String resourceName) {

    /** Copies the collections and fills in what Kubernetes never leaves absent. */
    public ContainerExtendedResourceRequest {
        containerName = Immutables.text(containerName);
        requestName = Immutables.text(requestName);
        resourceName = Immutables.text(resourceName);
    }
}
