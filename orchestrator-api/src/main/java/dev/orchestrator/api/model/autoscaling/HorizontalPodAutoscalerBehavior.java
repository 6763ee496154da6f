package dev.orchestrator.api.model.autoscaling;

import dev.orchestrator.api.model.Model;
import org.jspecify.annotations.Nullable;

/** Kubernetes HorizontalPodAutoscalerBehavior. */
@Model
public record HorizontalPodAutoscalerBehavior(
        @Nullable HPAScalingRules scaleDown, @Nullable HPAScalingRules scaleUp) {}
