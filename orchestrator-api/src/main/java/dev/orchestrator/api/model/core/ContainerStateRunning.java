package dev.orchestrator.api.model.core;

import java.time.Instant;

import dev.orchestrator.api.model.Model;
import org.jspecify.annotations.Nullable;

/** Since when a container runs. */
@Model
public record ContainerStateRunning(@Nullable Instant startedAt) {}
