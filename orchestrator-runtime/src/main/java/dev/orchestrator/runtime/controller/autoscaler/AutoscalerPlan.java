package dev.orchestrator.runtime.controller.autoscaler;

import java.util.ArrayList;
import java.util.List;

import dev.orchestrator.api.model.autoscaling.HorizontalPodAutoscalerSpec;
import dev.orchestrator.api.model.autoscaling.MetricStatus;
import dev.orchestrator.api.model.autoscaling.MetricStatusBuilder;
import org.jspecify.annotations.Nullable;

/**
 * What one pass of an autoscaler should do: a pure decision.
 *
 * @param replicas how many replicas there should be
 * @param reason why the number is to change, as the event says it; null when it stays
 * @param said conditions, in the order in which they are set
 * @param metrics what was measured
 * @param failure why nothing could be decided; null when it could
 * @param recommended what the metrics call for, to be remembered; null when they were not asked
 */
record AutoscalerPlan(
        int replicas,
        @Nullable String reason,
        List<Said> said,
        List<MetricStatus> metrics,
        @Nullable String failure,
        @Nullable Integer recommended) {

    /** A condition to be set. */
    record Said(String type, String status, String reason, String message) {}

    private static final String ACTIVE = "ScalingActive";
    private static final String ABLE = "AbleToScale";
    private static final String LIMITED = "ScalingLimited";

    /** {@return whether metrics decide; otherwise the bounds alone do} */
    static boolean asksMetrics(HorizontalPodAutoscalerSpec spec, int current) {
        return !isSwitchedOff(spec, current) && current <= spec.maxReplicas() && current >= Bounds.least(spec);
    }

    private static boolean isSwitchedOff(HorizontalPodAutoscalerSpec spec, int current) {
        return current == 0 && Bounds.least(spec) != 0;
    }

    /** {@return the decision without metrics} */
    static AutoscalerPlan withoutMetrics(HorizontalPodAutoscalerSpec spec, int current) {
        if (isSwitchedOff(spec, current)) {
            var disabled = new Said(
                    ACTIVE,
                    "False",
                    "ScalingDisabled",
                    "scaling is disabled since the replica count of the target is zero");
            return new AutoscalerPlan(0, null, List.of(disabled), List.of(), null, null);
        }
        boolean isAbove = current > spec.maxReplicas();
        return new AutoscalerPlan(
                isAbove ? spec.maxReplicas() : Bounds.least(spec),
                isAbove
                        ? "Current number of replicas above Spec.MaxReplicas"
                        : "Current number of replicas below Spec.MinReplicas",
                List.of(),
                List.of(),
                null,
                null);
    }

    /** {@return the decision by metrics: the highest number that any calls for, within bounds} */
    static AutoscalerPlan of(int current, List<Assessment> assessments, Bounds bounds) {
        var statuses = new ArrayList<MetricStatus>();
        Assessment.Known highest = null;
        Assessment.Unknown first = null;
        int unknown = 0;
        for (Assessment assessment : assessments) {
            switch (assessment) {
                case Assessment.Known known -> {
                    statuses.add(known.status());
                    highest = highest == null || known.replicas() > highest.replicas() ? known : highest;
                }
                case Assessment.Unknown missing -> {
                    statuses.add(MetricStatusBuilder.builder().build());
                    first = first == null ? missing : first;
                    unknown++;
                }
            }
        }
        // What can not be measured might call for more: then there are never fewer.
        if (highest == null || (first != null && highest.replicas() < current)) {
            return failed(current, first, statuses, unknown);
        }
        return decided(current, highest, statuses, bounds);
    }

    private static AutoscalerPlan failed(
            int current, Assessment.@Nullable Unknown first, List<MetricStatus> statuses, int unknown) {
        var cause = first == null ? new Assessment.Unknown("InvalidMetricSourceType", "no metric", "no metric") : first;
        var inactive = new Said(
                ACTIVE, "False", cause.reason(), "the HPA was unable to compute the replica count: " + cause.cause());
        return new AutoscalerPlan(
                current,
                null,
                List.of(inactive),
                statuses,
                "invalid metrics (" + unknown + " invalid out of " + statuses.size() + "), first error is: "
                        + cause.error(),
                null);
    }

    private static AutoscalerPlan decided(
            int current, Assessment.Known highest, List<MetricStatus> statuses, Bounds bounds) {
        int wanted = highest.replicas();
        Bounds.Normalized result = bounds.normalize(current, wanted);
        Bounds.Outcome stabilized = result.stabilized();
        Bounds.Outcome limited = result.limited();
        var said = List.of(
                new Said(
                        ACTIVE,
                        "True",
                        "ValidMetricFound",
                        "the HPA was able to successfully calculate a replica count from " + highest.name()),
                new Said(ABLE, "True", stabilized.reason(), stabilized.message()),
                new Said(LIMITED, result.isLimited() ? "True" : "False", limited.reason(), limited.message()));
        String reason = wanted > current
                ? highest.name() + " above target"
                : wanted < current ? "All metrics below target" : "";
        return new AutoscalerPlan(
                limited.replicas(), limited.replicas() == current ? null : reason, said, statuses, null, wanted);
    }
}
