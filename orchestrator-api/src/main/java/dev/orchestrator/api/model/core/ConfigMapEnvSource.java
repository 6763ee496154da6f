package dev.orchestrator.api.model.core;

import dev.orchestrator.api.model.Model;
import org.jspecify.annotations.Nullable;

/** Kubernetes ConfigMapEnvSource. */
@Model
public record ConfigMapEnvSource(
        @Nullable String name, @Nullable Boolean optional) {}
