package dev.orchestrator.api.model.core;

import dev.orchestrator.api.model.Model;
import dev.orchestrator.api.model.Required;
import org.jspecify.annotations.Nullable;

/** A port that a container listens on. */
@Model
public record ContainerPort(
        @Required int containerPort,
        @Nullable String hostIP,
        int hostPort,
        @Nullable String name,
        @Nullable String protocol) {}
