package dev.orchestrator.api.model.autoscaling;

import java.time.Instant;

import dev.orchestrator.api.collect.Immutables;
import dev.orchestrator.api.model.Model;
import dev.orchestrator.api.model.Required;
import org.jspecify.annotations.Nullable;

/** One observed aspect of an autoscaler. */
@Model
public record HorizontalPodAutoscalerCondition(
        @Nullable Instant lastTransitionTime,
        @Nullable String message,
        @Nullable String reason,
        @Required String status,
        @Required String type) {

    /** Copies the collections and fills in what Kubernetes never leaves absent. */
    public HorizontalPodAutoscalerCondition {
        status = Immutables.text(status);
        type = Immutables.text(type);
    }
}
