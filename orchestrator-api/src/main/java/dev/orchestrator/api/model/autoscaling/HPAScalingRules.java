package dev.orchestrator.api.model.autoscaling;

import java.util.List;

import dev.orchestrator.api.collect.Immutables;
import dev.orchestrator.api.model.Model;
import dev.orchestrator.api.model.Quantity;
import org.jspecify.annotations.Nullable;

/** How fast an autoscaler may scale in one direction. */
@Model
public record HPAScalingRules(
        List<HPAScalingPolicy> policies,
        @Nullable String selectPolicy,
        @Nullable Integer stabilizationWindowSeconds,
        @Nullable Quantity tolerance) {

    /** Copies the collections and fills in what Kubernetes never leaves absent. */
    public HPAScalingRules {
        policies = Immutables.list(policies);
    }
}
