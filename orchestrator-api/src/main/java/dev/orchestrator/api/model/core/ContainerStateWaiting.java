package dev.orchestrator.api.model.core;

import dev.orchestrator.api.model.Model;
import org.jspecify.annotations.Nullable;

/** Why a container does not run yet. */
@Model
public record ContainerStateWaiting(
        @Nullable String message, @Nullable String reason) {}
