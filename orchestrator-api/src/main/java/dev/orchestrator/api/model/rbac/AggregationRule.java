package dev.orchestrator.api.model.rbac;

import java.util.List;

import dev.orchestrator.api.collect.Immutables;
import dev.orchestrator.api.model.Model;
import dev.orchestrator.api.model.meta.LabelSelector;

/** Which cluster roles another one is put together from. */
@Model
public record AggregationRule(List<LabelSelector> clusterRoleSelectors) {

    /** Copies the collections and fills in what Kubernetes never leaves absent. */
    public AggregationRule {
        clusterRoleSelectors = Immutables.list(clusterRoleSelectors);
    }
}
