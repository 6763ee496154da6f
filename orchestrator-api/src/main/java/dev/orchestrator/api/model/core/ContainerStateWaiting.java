package dev.orchestrator.api.model.core;

import dev.orchestrator.api.model.Model;
import org.jspecify.annotations.Nullable;

/** Kubernetes ContainerStateWaiting. */
@Model
public record ContainerStateWaiting(
        @Nullable String message, @Nullable String reason) {}
