package dev.orchestrator.api.model.autoscaling;

import java.util.List;

import dev.orchestrator.api.collect.Immutables;
import dev.orchestrator.api.model.Model;
import dev.orchestrator.api.model.Required;
import org.jspecify.annotations.Nullable;

import static java.util.Objects.requireNonNullElse;

/** What an autoscaler should do. */
@Model
public record HorizontalPodAutoscalerSpec(
        @Nullable HorizontalPodAutoscalerBehavior behavior,
        @Required int maxReplicas,
        List<MetricSpec> metrics,
        @Nullable Integer minReplicas,
        @Required CrossVersionObjectReference scaleTargetRef) {

    /** With nothing set. */
    public static final HorizontalPodAutoscalerSpec EMPTY =
            HorizontalPodAutoscalerSpecBuilder.builder().build();

    /** Copies the collections and fills in what Kubernetes never leaves absent. */
    public HorizontalPodAutoscalerSpec {
        metrics = Immutables.list(metrics);
        scaleTargetRef = requireNonNullElse(scaleTargetRef, CrossVersionObjectReference.EMPTY);
    }
}
