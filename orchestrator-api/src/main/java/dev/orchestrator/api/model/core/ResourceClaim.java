package dev.orchestrator.api.model.core;

import dev.orchestrator.api.collect.Immutables;
import dev.orchestrator.api.model.Model;
import dev.orchestrator.api.model.Required;
import org.jspecify.annotations.Nullable;

/** A device claim of the pod that a container uses. */
@Model
public record ResourceClaim(@Required String name, @Nullable String request) {

    /** Copies the collections and fills in what Kubernetes never leaves absent. */
    public ResourceClaim {
        name = Immutables.text(name);
    }
}
