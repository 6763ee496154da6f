package dev.orchestrator.api.model.core;

import java.util.List;

import dev.orchestrator.api.collect.Immutables;
import dev.orchestrator.api.model.Model;
import dev.orchestrator.api.model.Required;

/** The values that a label of a node may have. */
@Model
public record TopologySelectorLabelRequirement(
        @Required String key, @Required List<String> values) {

    /** Copies the collections and fills in what Kubernetes never leaves absent. */
    public TopologySelectorLabelRequirement {
        key = Immutables.text(key);
        values = Immutables.list(values);
    }
}
