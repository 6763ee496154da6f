package dev.orchestrator.api.model.core;

import dev.orchestrator.api.model.Model;
import org.jspecify.annotations.Nullable;

/** Kubernetes NodeConfigSource. */
@Model
public record NodeConfigSource(@Nullable ConfigMapNodeConfigSource configMap) {}
