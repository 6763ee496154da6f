package dev.orchestrator.api.model.core;

import dev.orchestrator.api.model.Model;
import org.jspecify.annotations.Nullable;

/** Kubernetes ClientIPConfig. */
@Model
public record ClientIPConfig(@Nullable Integer timeoutSeconds) {}
