package dev.orchestrator.api.model.batch;

import java.util.List;

import dev.orchestrator.api.collect.Immutables;
import dev.orchestrator.api.model.Model;

/** Kubernetes SuccessPolicy. */
@Model
public record SuccessPolicy(List<SuccessPolicyRule> rules) {

    /** Copies the collections and fills in what Kubernetes never leaves absent. */
    public SuccessPolicy {
        rules = Immutables.list(rules);
    }
}
