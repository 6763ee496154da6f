package dev.orchestrator.api.model.batch;

import java.util.List;

import dev.orchestrator.api.collect.Immutables;
import dev.orchestrator.api.model.Model;
import dev.orchestrator.api.model.Required;
import org.jspecify.annotations.Nullable;

/** One rule of a failure policy: when, and then what. */
@Model
public record PodFailurePolicyRule(
        @Required String action,
        @Nullable PodFailurePolicyOnExitCodesRequirement onExitCodes,
        List<PodFailurePolicyOnPodConditionsPattern> onPodConditions) {

    /** Copies the collections and fills in what Kubernetes never leaves absent. */
    public PodFailurePolicyRule {
        action = Immutables.text(action);
        onPodConditions = Immutables.list(onPodConditions);
    }
}
