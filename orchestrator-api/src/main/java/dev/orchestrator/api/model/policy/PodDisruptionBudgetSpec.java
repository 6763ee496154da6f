package dev.orchestrator.api.model.policy;

import dev.orchestrator.api.model.IntOrString;
import dev.orchestrator.api.model.Model;
import dev.orchestrator.api.model.meta.LabelSelector;
import org.jspecify.annotations.Nullable;

/** The bounds of a disruption budget. */
@Model
public record PodDisruptionBudgetSpec(
        @Nullable IntOrString maxUnavailable,
        @Nullable IntOrString minAvailable,
        @Nullable LabelSelector selector,
        @Nullable String unhealthyPodEvictionPolicy) {

    /** With nothing set. */
    public static final PodDisruptionBudgetSpec EMPTY =
            PodDisruptionBudgetSpecBuilder.builder().build();
}
