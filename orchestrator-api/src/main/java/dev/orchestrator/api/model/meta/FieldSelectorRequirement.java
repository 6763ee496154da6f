package dev.orchestrator.api.model.meta;

import java.util.List;

import dev.orchestrator.api.collect.Immutables;
import dev.orchestrator.api.model.Model;
import dev.orchestrator.api.model.Required;

/** One condition of a field selector. */
@Model
public record FieldSelectorRequirement(
        @Required String key, @Required String operator, List<String> values) {

    /** Copies the collections and fills in what Kubernetes never leaves absent. */
    public FieldSelectorRequirement {
        key = Immutables.text(key);
        operator = Immutables.text(operator);
        values = Immutables.list(values);
    }
}
