package dev.orchestrator.api.model.core;

import dev.orchestrator.api.model.Model;
import org.jspecify.annotations.Nullable;

/** Kubernetes NodeRuntimeHandler. */
@Model
public record NodeRuntimeHandler(
        @Nullable NodeRuntimeHandlerFeatures features,
        @Nullable String name) {}
