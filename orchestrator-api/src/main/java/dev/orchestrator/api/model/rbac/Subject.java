package dev.orchestrator.api.model.rbac;

import dev.orchestrator.api.collect.Immutables;
import dev.orchestrator.api.model.Model;
import dev.orchestrator.api.model.Required;
import org.jspecify.annotations.Nullable;

/** A user, group or service account that a binding grants rights to. */
@Model
public record Subject(
        @Nullable String apiGroup,
        @Required String kind,
        @Required String name,
        @Nullable String namespace) {

    /** Copies the collections and fills in what Kubernetes never leaves absent. */
    public Subject {
        kind = Immutables.text(kind);
        name = Immutables.text(name);
    }
}
