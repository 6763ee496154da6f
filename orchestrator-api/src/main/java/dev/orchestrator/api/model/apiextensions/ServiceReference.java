package dev.orchestrator.api.model.apiextensions;

import dev.orchestrator.api.collect.Immutables;
import dev.orchestrator.api.model.Model;
import dev.orchestrator.api.model.Required;
import org.jspecify.annotations.Nullable;

/** A service that answers calls. */
@Model
public record ServiceReference(
        @Required String name,
        @Required String namespace,
        @Nullable String path,
        @Nullable Integer port) {

    /** Copies the collections and fills in what Kubernetes never leaves absent. */
    public ServiceReference {
        name = Immutables.text(name);
        namespace = Immutables.text(namespace);
    }
}
