package dev.orchestrator.api.model.core;

import java.util.List;

import dev.orchestrator.api.collect.Immutables;
import dev.orchestrator.api.model.Model;
import dev.orchestrator.api.model.Required;

/** Whether the devices of a container work. */
@Model
public record ResourceStatus(@Required String name, List<ResourceHealth> resources) {

    /** Copies the collections and fills in what Kubernetes never leaves absent. */
    public ResourceStatus {
        name = Immutables.text(name);
        resources = Immutables.list(resources);
    }
}
