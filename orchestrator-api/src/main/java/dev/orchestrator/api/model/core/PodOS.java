package dev.orchestrator.api.model.core;

import dev.orchestrator.api.collect.Immutables;
import dev.orchestrator.api.model.Model;
import dev.orchestrator.api.model.Required;

/** The operating system that a pod needs. */
@Model
public record PodOS(@Required String name) {

    /** Copies the collections and fills in what Kubernetes never leaves absent. */
    public PodOS {
        name = Immutables.text(name);
    }
}
