package dev.orchestrator.api.model.discovery;

import dev.orchestrator.api.collect.Immutables;
import dev.orchestrator.api.model.Model;
import dev.orchestrator.api.model.Required;

/** A node whose clients an endpoint is meant for. */
@Model
public record ForNode(@Required String name) {

    /** Copies the collections and fills in what Kubernetes never leaves absent. */
    public ForNode {
        name = Immutables.text(name);
    }
}
