package dev.orchestrator.api.model.core;

import dev.orchestrator.api.collect.Immutables;
import dev.orchestrator.api.model.Model;
import dev.orchestrator.api.model.Quantity;
import dev.orchestrator.api.model.Required;
import org.jspecify.annotations.Nullable;

/** One resource of a container, in units of a divisor. */
@Model
public record ResourceFieldSelector(
        @Nullable String containerName,
        @Nullable Quantity divisor,
        @Required String resource) {

    /** Copies the collections and fills in what Kubernetes never leaves absent. */
    public ResourceFieldSelector {
        resource = Immutables.text(resource);
    }
}
