package dev.orchestrator.api.model.core;

import dev.orchestrator.api.model.Model;
import org.jspecify.annotations.Nullable;

/** Kubernetes NodeRuntimeHandlerFeatures. */
@Model
public record NodeRuntimeHandlerFeatures(
        @Nullable Boolean recursiveReadOnlyMounts, @Nullable Boolean userNamespaces) {}
