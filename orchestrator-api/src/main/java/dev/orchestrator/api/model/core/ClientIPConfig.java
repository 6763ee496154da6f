package dev.orchestrator.api.model.core;

import dev.orchestrator.api.model.Model;
import org.jspecify.annotations.Nullable;

/** How long a client keeps its endpoint. */
@Model
public record ClientIPConfig(@Nullable Integer timeoutSeconds) {}
