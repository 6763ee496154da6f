package dev.orchestrator.api.model.batch;

import java.util.List;

import dev.orchestrator.api.collect.Immutables;
import dev.orchestrator.api.model.Model;
import dev.orchestrator.api.model.Required;

/** When a job counts as done before all of its pods have succeeded. */
@Model
public record SuccessPolicy(@Required List<SuccessPolicyRule> rules) {

    /** Copies the collections and fills in what Kubernetes never leaves absent. */
    public SuccessPolicy {
        rules = Immutables.list(rules);
    }
}
