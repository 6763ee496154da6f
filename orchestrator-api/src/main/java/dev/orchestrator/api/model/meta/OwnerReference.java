package dev.orchestrator.api.model.meta;

import dev.orchestrator.api.collect.Immutables;
import dev.orchestrator.api.model.Model;
import dev.orchestrator.api.model.Required;
import org.jspecify.annotations.Nullable;

/** An object that another one belongs to and goes with. */
@Model
public record OwnerReference(
        @Required String apiVersion,
        @Nullable Boolean blockOwnerDeletion,
        @Nullable Boolean controller,
        @Required String kind,
        @Required String name,
        @Required String uid) {

    /** Copies the collections and fills in what Kubernetes never leaves absent. */
    public OwnerReference {
        apiVersion = Immutables.text(apiVersion);
        kind = Immutables.text(kind);
        name = Immutables.text(name);
        uid = Immutables.text(uid);
    }
}
