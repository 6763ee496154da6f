package dev.orchestrator.api.model.core;

import dev.orchestrator.api.collect.Immutables;
import dev.orchestrator.api.model.Model;
import dev.orchestrator.api.model.Required;

/** One address of a node. */
@Model
public record NodeAddress(
        @Required String address, @Required String type) {

    /** Copies the collections and fills in what Kubernetes never leaves absent. */
    public NodeAddress {
        address = Immutables.text(address);
        type = Immutables.text(type);
    }
}
