package dev.orchestrator.api.model.autoscaling;

import dev.orchestrator.api.model.Model;
import org.jspecify.annotations.Nullable;

/** How fast an autoscaler may scale up and down. */
@Model
public record HorizontalPodAutoscalerBehavior(
        @Nullable HPAScalingRules scaleDown, @Nullable HPAScalingRules scaleUp) {}
