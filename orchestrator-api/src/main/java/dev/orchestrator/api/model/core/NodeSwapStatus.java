package dev.orchestrator.api.model.core;

import dev.orchestrator.api.model.Model;

/** Kubernetes NodeSwapStatus. */
@Model
public record NodeSwapStatus(long capacity) {}
