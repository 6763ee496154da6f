package dev.orchestrator.api.model.core;

import dev.orchestrator.api.model.Model;
import org.jspecify.annotations.Nullable;

/** One way of a node to run containers. */
@Model
public record NodeRuntimeHandler(
        @Nullable NodeRuntimeHandlerFeatures features,
        @Nullable String name) {}
