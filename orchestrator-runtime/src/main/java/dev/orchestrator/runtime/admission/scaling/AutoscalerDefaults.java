package dev.orchestrator.runtime.admission.scaling;

import java.util.List;

import dev.orchestrator.api.model.autoscaling.HPAScalingPolicy;
import dev.orchestrator.api.model.autoscaling.HPAScalingRules;
import dev.orchestrator.api.model.autoscaling.HPAScalingRulesBuilder;
import dev.orchestrator.api.model.autoscaling.HorizontalPodAutoscaler;
import dev.orchestrator.api.model.autoscaling.HorizontalPodAutoscalerBehavior;
import dev.orchestrator.api.model.autoscaling.HorizontalPodAutoscalerBuilder;
import dev.orchestrator.api.model.autoscaling.HorizontalPodAutoscalerSpec;
import dev.orchestrator.api.model.autoscaling.HorizontalPodAutoscalerSpecBuilder;
import dev.orchestrator.api.model.autoscaling.MetricSpec;
import dev.orchestrator.api.model.autoscaling.MetricSpecBuilder;
import dev.orchestrator.api.model.autoscaling.MetricTargetBuilder;
import dev.orchestrator.api.model.autoscaling.ResourceMetricSource;
import org.jspecify.annotations.Nullable;

import static dev.orchestrator.runtime.admission.kind.Identity.same;

/** Fills in what an autoscaler leaves out: one replica at least, 80 % of the processors, how fast it may scale. */
final class AutoscalerDefaults {

    private static final int PERIOD_SECONDS = 15;
    private static final HPAScalingPolicy DOUBLE = new HPAScalingPolicy(PERIOD_SECONDS, "Percent", 100);
    private static final HPAScalingRules UP =
            new HPAScalingRules(List.of(new HPAScalingPolicy(PERIOD_SECONDS, "Pods", 4), DOUBLE), "Max", 0, null);
    private static final HPAScalingRules DOWN = new HPAScalingRules(List.of(DOUBLE), "Max", null, null);
    private static final List<MetricSpec> PROCESSORS = List.of(MetricSpecBuilder.builder()
            .type("Resource")
            .resource(new ResourceMetricSource(
                    "cpu",
                    MetricTargetBuilder.builder()
                            .type("Utilization")
                            .averageUtilization(80)
                            .build()))
            .build());

    private AutoscalerDefaults() {}

    static HorizontalPodAutoscaler withDefaults(HorizontalPodAutoscaler autoscaler) {
        HorizontalPodAutoscalerSpec spec = autoscaler.spec();
        HorizontalPodAutoscalerBehavior behavior = behavior(spec.behavior());
        if (spec.minReplicas() != null && !spec.metrics().isEmpty() && same(behavior, spec.behavior())) {
            return autoscaler;
        }
        return HorizontalPodAutoscalerBuilder.builder(autoscaler)
                .spec(HorizontalPodAutoscalerSpecBuilder.builder(spec)
                        .minReplicas(spec.minReplicas() == null ? 1 : spec.minReplicas())
                        .metrics(spec.metrics().isEmpty() ? PROCESSORS : spec.metrics())
                        .behavior(behavior)
                        .build())
                .build();
    }

    private static @Nullable HorizontalPodAutoscalerBehavior behavior(@Nullable HorizontalPodAutoscalerBehavior given) {
        if (given == null) {
            return null;
        }
        HPAScalingRules up = rules(given.scaleUp(), UP);
        HPAScalingRules down = rules(given.scaleDown(), DOWN);
        return same(up, given.scaleUp()) && same(down, given.scaleDown())
                ? given
                : new HorizontalPodAutoscalerBehavior(down, up);
    }

    private static HPAScalingRules rules(@Nullable HPAScalingRules given, HPAScalingRules defaults) {
        if (given == null) {
            return defaults;
        }
        boolean complete = given.selectPolicy() != null
                && !given.policies().isEmpty()
                && (given.stabilizationWindowSeconds() != null || defaults.stabilizationWindowSeconds() == null);
        if (complete) {
            return given;
        }
        return HPAScalingRulesBuilder.builder(given)
                .selectPolicy(given.selectPolicy() == null ? defaults.selectPolicy() : given.selectPolicy())
                .policies(given.policies().isEmpty() ? defaults.policies() : given.policies())
                .stabilizationWindowSeconds(
                        given.stabilizationWindowSeconds() == null
                                ? defaults.stabilizationWindowSeconds()
                                : given.stabilizationWindowSeconds())
                .build();
    }
}
