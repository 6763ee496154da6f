package dev.orchestrator.api.model.core;

import dev.orchestrator.api.model.Model;
import org.jspecify.annotations.Nullable;

/** Where a node takes its configuration from. */
@Model
public record NodeConfigSource(@Nullable ConfigMapNodeConfigSource configMap) {}
