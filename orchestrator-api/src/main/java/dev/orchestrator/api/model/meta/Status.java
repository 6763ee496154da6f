package dev.orchestrator.api.model.meta;

import dev.orchestrator.api.model.Model;
import org.jspecify.annotations.Nullable;

/** The API server's answer to a request that returns no object. */
@Model
public record Status(
        int code,
        @Nullable StatusDetails details,
        @Nullable String message,
        @Nullable ListMeta metadata,
        @Nullable String reason,
        @Nullable String status) {}
