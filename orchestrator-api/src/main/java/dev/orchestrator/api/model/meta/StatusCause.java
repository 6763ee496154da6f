package dev.orchestrator.api.model.meta;

import dev.orchestrator.api.model.Model;
import org.jspecify.annotations.Nullable;

/** Kubernetes StatusCause. */
@Model
public record StatusCause(
        @Nullable String field,
        @Nullable String message,
        @Nullable String reason) {}
