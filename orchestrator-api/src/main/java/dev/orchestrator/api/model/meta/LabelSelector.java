package dev.orchestrator.api.model.meta;

import java.util.List;
import java.util.Map;

import dev.orchestrator.api.collect.Immutables;
import dev.orchestrator.api.model.Model;

/** A condition on labels: all of its parts must hold; an empty one selects everything. */
@Model
public record LabelSelector(List<LabelSelectorRequirement> matchExpressions, Map<String, String> matchLabels) {

    /** Copies the collections and fills in what Kubernetes never leaves absent. */
    public LabelSelector {
        matchExpressions = Immutables.list(matchExpressions);
        matchLabels = Immutables.map(matchLabels);
    }
}
