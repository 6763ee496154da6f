package dev.orchestrator.api.model.core;

import dev.orchestrator.api.collect.Immutables;
import dev.orchestrator.api.model.Model;
import dev.orchestrator.api.model.Required;
import org.jspecify.annotations.Nullable;

/** Names an object of any kind in the same namespace. */
@Model
public record TypedLocalObjectReference(
        @Nullable String apiGroup,
        @Required String kind,
        @Required String name) {

    /** Copies the collections and fills in what Kubernetes never leaves absent. */
    public TypedLocalObjectReference {
        kind = Immutables.text(kind);
        name = Immutables.text(name);
    }
}
