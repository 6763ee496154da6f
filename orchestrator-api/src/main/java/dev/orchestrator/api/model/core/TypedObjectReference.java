package dev.orchestrator.api.model.core;

import dev.orchestrator.api.collect.Immutables;
import dev.orchestrator.api.model.Model;
import dev.orchestrator.api.model.Required;
import org.jspecify.annotations.Nullable;

/** Names an object of any kind in any namespace. */
@Model
public record TypedObjectReference(
        @Nullable String apiGroup,
        @Required String kind,
        @Required String name,
        @Nullable String namespace) {

    /** Copies the collections and fills in what Kubernetes never leaves absent. */
    public TypedObjectReference {
        kind = Immutables.text(kind);
        name = Immutables.text(name);
    }
}
