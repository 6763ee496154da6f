package dev.orchestrator.api.model.core;

import dev.orchestrator.api.collect.Immutables;
import dev.orchestrator.api.model.Model;
import dev.orchestrator.api.model.Required;

/** A reason not to schedule a pod yet. */
@Model
public record PodSchedulingGate(@Required String name) {

    /** Copies the collections and fills in what Kubernetes never leaves absent. */
    public PodSchedulingGate {
        name = Immutables.text(name);
    }
}
