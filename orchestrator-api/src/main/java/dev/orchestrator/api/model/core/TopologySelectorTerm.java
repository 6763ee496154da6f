package dev.orchestrator.api.model.core;

import java.util.List;

import dev.orchestrator.api.collect.Immutables;
import dev.orchestrator.api.model.Model;

/** Conditions on where storage may be. */
@Model
public record TopologySelectorTerm(List<TopologySelectorLabelRequirement> matchLabelExpressions) {

    /** Copies the collections and fills in what Kubernetes never leaves absent. */
    public TopologySelectorTerm {
        matchLabelExpressions = Immutables.list(matchLabelExpressions);
    }
}
