package dev.orchestrator.api.model.core;

import dev.orchestrator.api.model.Model;
import dev.orchestrator.api.model.Required;
import org.jspecify.annotations.Nullable;

/** A gRPC health check to make. */
@Model
public record GRPCAction(@Required int port, @Nullable String service) {}
