package dev.orchestrator.api.model.batch;

import dev.orchestrator.api.collect.Immutables;
import dev.orchestrator.api.model.Model;
import dev.orchestrator.api.model.Required;
import org.jspecify.annotations.Nullable;

/** A condition on a condition of a pod. */
@Model
public record PodFailurePolicyOnPodConditionsPattern(
        @Nullable String status, @Required String type) {

    /** Copies the collections and fills in what Kubernetes never leaves absent. */
    public PodFailurePolicyOnPodConditionsPattern {
        type = Immutables.text(type);
    }
}
