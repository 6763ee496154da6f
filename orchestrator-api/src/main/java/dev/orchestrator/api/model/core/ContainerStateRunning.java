package dev.orchestrator.api.model.core;

import java.time.Instant;

import dev.orchestrator.api.model.Model;
import org.jspecify.annotations.Nullable;

/** Kubernetes ContainerStateRunning. */
@Model
public record ContainerStateRunning(@Nullable Instant startedAt) {}
