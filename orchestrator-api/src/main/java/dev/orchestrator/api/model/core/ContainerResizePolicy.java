package dev.orchestrator.api.model.core;

import dev.orchestrator.api.collect.Immutables;
import dev.orchestrator.api.model.Model;
import dev.orchestrator.api.model.Required;

/** Whether a container restarts when one of its resources changes. */
@Model
public record ContainerResizePolicy(
        @Required String resourceName, @Required String restartPolicy) {

    /** Copies the collections and fills in what Kubernetes never leaves absent. */
    public ContainerResizePolicy {
        resourceName = Immutables.text(resourceName);
        restartPolicy = Immutables.text(restartPolicy);
    }
}
