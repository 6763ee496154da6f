package dev.orchestrator.api.model.core;

import java.util.List;

import dev.orchestrator.api.collect.Immutables;
import dev.orchestrator.api.model.Model;

/** A condition on the scopes of a quota. */
@Model
public record ScopeSelector(List<ScopedResourceSelectorRequirement> matchExpressions) {

    /** Copies the collections and fills in what Kubernetes never leaves absent. */
    public ScopeSelector {
        matchExpressions = Immutables.list(matchExpressions);
    }
}
