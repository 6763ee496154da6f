package dev.orchestrator.api.model.autoscaling;

import dev.orchestrator.api.collect.Immutables;
import dev.orchestrator.api.model.Model;
import dev.orchestrator.api.model.Required;

/** How much may be scaled within a period. */
@Model
public record HPAScalingPolicy(
        @Required int periodSeconds,
        @Required String type,
        @Required int value) {

    /** Copies the collections and fills in what Kubernetes never leaves absent. */
    public HPAScalingPolicy {
        type = Immutables.text(type);
    }
}
