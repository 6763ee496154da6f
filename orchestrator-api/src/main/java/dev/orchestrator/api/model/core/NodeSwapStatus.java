package dev.orchestrator.api.model.core;

import dev.orchestrator.api.model.Model;

/** How much swap a node has. */
@Model
public record NodeSwapStatus(long capacity) {}
