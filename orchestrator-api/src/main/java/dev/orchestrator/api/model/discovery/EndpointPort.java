package dev.orchestrator.api.model.discovery;

import dev.orchestrator.api.model.Model;
import org.jspecify.annotations.Nullable;

/** A port of the endpoints of a service. */
@Model
public record EndpointPort(
        @Nullable String appProtocol,
        @Nullable String name,
        @Nullable Integer port,
        @Nullable String protocol) {}
