package dev.orchestrator.api.model.batch;

import java.util.List;

import dev.orchestrator.api.collect.Immutables;
import dev.orchestrator.api.model.Model;
import dev.orchestrator.api.model.Required;

/** Which failures of pods end a job, which do not count. */
@Model
public record PodFailurePolicy(@Required List<PodFailurePolicyRule> rules) {

    /** Copies the collections and fills in what Kubernetes never leaves absent. */
    public PodFailurePolicy {
        rules = Immutables.list(rules);
    }
}
