package dev.orchestrator.api.model.core;

import dev.orchestrator.api.model.Model;
import dev.orchestrator.api.model.Required;

import static java.util.Objects.requireNonNullElse;

/** Nodes that a pod prefers, and how much. */
@Model
public record PreferredSchedulingTerm(
        @Required NodeSelectorTerm preference, @Required int weight) {

    /** Copies the collections and fills in what Kubernetes never leaves absent. */
    public PreferredSchedulingTerm {
        preference = requireNonNullElse(preference, NodeSelectorTerm.EMPTY);
    }
}
