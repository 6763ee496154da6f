package dev.orchestrator.api.model.core;

import java.util.List;

import dev.orchestrator.api.collect.Immutables;
import dev.orchestrator.api.model.Model;
import dev.orchestrator.api.model.Required;

/** A condition on nodes: one of its terms must hold. */
@Model
public record NodeSelector(@Required List<NodeSelectorTerm> nodeSelectorTerms) {

    /** Copies the collections and fills in what Kubernetes never leaves absent. */
    public NodeSelector {
        nodeSelectorTerms = Immutables.list(nodeSelectorTerms);
    }
}
