package dev.orchestrator.api.model.rbac;

import dev.orchestrator.api.collect.Immutables;
import dev.orchestrator.api.model.Model;
import dev.orchestrator.api.model.Required;
import org.jspecify.annotations.Nullable;

/** The role that a binding grants. */
@Model
public record RoleRef(
        @Nullable String apiGroup,
        @Required String kind,
        @Required String name) {

    /** With nothing set. */
    public static final RoleRef EMPTY = RoleRefBuilder.builder().build();

    /** Copies the collections and fills in what Kubernetes never leaves absent. */
    public RoleRef {
        kind = Immutables.text(kind);
        name = Immutables.text(name);
    }
}
