package dev.orchestrator.api.model.core;

import dev.orchestrator.api.model.Model;
import org.jspecify.annotations.Nullable;

/** The user that a container's first process runs as. */
@Model
public record ContainerUser(@Nullable LinuxContainerUser linux) {}
