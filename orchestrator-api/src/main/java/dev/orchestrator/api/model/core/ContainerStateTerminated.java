package dev.orchestrator.api.model.core;

import java.time.Instant;

import dev.orchestrator.api.model.Model;
import dev.orchestrator.api.model.Required;
import org.jspecify.annotations.Nullable;

/** How, when and why a container ended. */
@Model
public record ContainerStateTerminated(
        @Nullable String containerID,
        @Required int exitCode,
        @Nullable Instant finishedAt,
        @Nullable String message,
        @Nullable String reason,
        @Nullable Integer signal,
        @Nullable Instant startedAt) {}
