package dev.orchestrator.runtime.controller.autoscaler;

import dev.orchestrator.api.model.autoscaling.HPAScalingRules;
import dev.orchestrator.api.model.autoscaling.HorizontalPodAutoscalerBehavior;
import org.jspecify.annotations.Nullable;

/**
 * How far from its target a metric may be without consequence.
 *
 * @param down as a part of the target, below it
 * @param up as a part of the target, above it
 */
record Tolerance(double down, double up) {

    /** {@return what a behaviour asks for, or else the same in both directions} */
    static Tolerance of(@Nullable HorizontalPodAutoscalerBehavior behavior, double standard) {
        return behavior == null
                ? new Tolerance(standard, standard)
                : new Tolerance(of(behavior.scaleDown(), standard), of(behavior.scaleUp(), standard));
    }

    private static double of(@Nullable HPAScalingRules rules, double standard) {
        return rules == null || rules.tolerance() == null
                ? standard
                : rules.tolerance().amount().doubleValue();
    }

    /** {@return whether a ratio of what is to what should be calls for nothing} */
    boolean covers(double ratio) {
        return 1.0 - down <= ratio && ratio <= 1.0 + up;
    }
}
