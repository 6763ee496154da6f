package dev.orchestrator.api.model.apps;

import dev.orchestrator.api.model.Model;
import org.jspecify.annotations.Nullable;

/** How the pods of a deployment are replaced when its template changes. */
@Model
public record DeploymentStrategy(
        @Nullable RollingUpdateDeployment rollingUpdate,
        @Nullable String type) {

    /** With nothing set. */
    public static final DeploymentStrategy EMPTY =
            DeploymentStrategyBuilder.builder().build();
}
