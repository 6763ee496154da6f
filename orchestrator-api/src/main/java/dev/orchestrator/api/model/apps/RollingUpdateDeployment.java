package dev.orchestrator.api.model.apps;

import dev.orchestrator.api.model.IntOrString;
import dev.orchestrator.api.model.Model;
import org.jspecify.annotations.Nullable;

/** The bounds of a deployment's rolling update: how many pods more and fewer than desired there may be. */
@Model
public record RollingUpdateDeployment(
        @Nullable IntOrString maxSurge, @Nullable IntOrString maxUnavailable) {}
