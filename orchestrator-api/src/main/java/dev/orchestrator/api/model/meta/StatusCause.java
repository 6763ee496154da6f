package dev.orchestrator.api.model.meta;

import dev.orchestrator.api.model.Model;
import org.jspecify.annotations.Nullable;

/** One reason why a request was refused, usually a field. */
@Model
public record StatusCause(
        @Nullable String field,
        @Nullable String message,
        @Nullable String reason) {}
