package dev.orchestrator.api.model.core;

import dev.orchestrator.api.model.Model;
import org.jspecify.annotations.Nullable;

/** Kubernetes ContainerUser. */
@Model
public record ContainerUser(@Nullable LinuxContainerUser linux) {}
