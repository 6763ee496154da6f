package dev.orchestrator.api.model.core;

import java.util.List;

import dev.orchestrator.api.collect.Immutables;
import dev.orchestrator.api.model.Model;
import dev.orchestrator.api.model.Required;

/** One condition on a scope of a quota. */
@Model
public record ScopedResourceSelectorRequirement(
        @Required String operator, @Required String scopeName, List<String> values) {

    /** Copies the collections and fills in what Kubernetes never leaves absent. */
    public ScopedResourceSelectorRequirement {
        operator = Immutables.text(operator);
        scopeName = Immutables.text(scopeName);
        values = Immutables.list(values);
    }
}
