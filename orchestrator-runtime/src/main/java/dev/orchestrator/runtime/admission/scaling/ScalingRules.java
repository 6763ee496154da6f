package dev.orchestrator.runtime.admission.scaling;

import dev.orchestrator.api.model.ResourceType;
import dev.orchestrator.api.model.ResourceTypes;
import dev.orchestrator.runtime.admission.kind.Defaulter;
import dev.orchestrator.runtime.admission.kind.KindRules;
import org.jspecify.annotations.Nullable;

/** The rules of the kinds that say how many pods there should be at least and at most. */
public final class ScalingRules {

    private ScalingRules() {}

    /** {@return the rules of a kind if it is one of autoscalers and disruption budgets; each call makes them anew} */
    public static @Nullable KindRules<?> of(ResourceType<?> type) {
        return switch (type.kind()) {
            case "HorizontalPodAutoscaler" ->
                KindRules.of(
                        ResourceTypes.HORIZONTAL_POD_AUTOSCALER,
                        AutoscalerDefaults::withDefaults,
                        new AutoscalerValidation());
            case "PodDisruptionBudget" ->
                KindRules.of(ResourceTypes.POD_DISRUPTION_BUDGET, Defaulter.none(), new DisruptionBudgetValidation());
            default -> null;
        };
    }
}
