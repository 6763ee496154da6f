package dev.orchestrator.api.model.core;

import dev.orchestrator.api.model.Model;
import org.jspecify.annotations.Nullable;

/** What one way of running containers can do. */
@Model
public record NodeRuntimeHandlerFeatures(
        @Nullable Boolean recursiveReadOnlyMounts, @Nullable Boolean userNamespaces) {}
