package dev.orchestrator.api.model.autoscaling;

import java.time.Instant;
import java.util.List;

import dev.orchestrator.api.collect.Immutables;
import dev.orchestrator.api.model.Model;
import dev.orchestrator.api.model.Required;
import org.jspecify.annotations.Nullable;

/** What an autoscaler was last seen to do. */
@Model
public record HorizontalPodAutoscalerStatus(
        List<HorizontalPodAutoscalerCondition> conditions,
        List<MetricStatus> currentMetrics,
        int currentReplicas,
        @Required int desiredReplicas,
        @Nullable Instant lastScaleTime,
        @Nullable Long observedGeneration) {

    /** With nothing set. */
    public static final HorizontalPodAutoscalerStatus EMPTY =
            HorizontalPodAutoscalerStatusBuilder.builder().build();

    /** Copies the collections and fills in what Kubernetes never leaves absent. */
    public HorizontalPodAutoscalerStatus {
        conditions = Immutables.list(conditions);
        currentMetrics = Immutables.list(currentMetrics);
    }
}
