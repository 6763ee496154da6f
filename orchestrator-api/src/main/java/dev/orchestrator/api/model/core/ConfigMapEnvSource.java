package dev.orchestrator.api.model.core;

import dev.orchestrator.api.model.Model;
import org.jspecify.annotations.Nullable;

/** All entries of a config map as environment variables. */
@Model
public record ConfigMapEnvSource(
        @Nullable String name, @Nullable Boolean optional) {}
