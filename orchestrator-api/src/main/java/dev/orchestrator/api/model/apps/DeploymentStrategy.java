package dev.orchestrator.api.model.apps;

import dev.orchestrator.api.model.Model;
import org.jspecify.annotations.Nullable;

/** Kubernetes DeploymentStrategy. */
@Model
public record DeploymentStrategy(
        @Nullable RollingUpdateDeployment rollingUpdate,
        @Nullable String type) {

    /** With nothing set. */
    public static final DeploymentStrategy EMPTY =
            DeploymentStrategyBuilder.builder().build();
}
