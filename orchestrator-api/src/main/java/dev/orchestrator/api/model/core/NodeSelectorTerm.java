package dev.orchestrator.api.model.core;

import java.util.List;

import dev.orchestrator.api.collect.Immutables;
import dev.orchestrator.api.model.Model;

/** Conditions on a node that must all hold. */
@Model
public record NodeSelectorTerm(
        List<NodeSelectorRequirement> matchExpressions, List<NodeSelectorRequirement> matchFields) {

    /** With nothing set. */
    public static final NodeSelectorTerm EMPTY =
            NodeSelectorTermBuilder.builder().build();

    /** Copies the collections and fills in what Kubernetes never leaves absent. */
    public NodeSelectorTerm {
        matchExpressions = Immutables.list(matchExpressions);
        matchFields = Immutables.list(matchFields);
    }
}
