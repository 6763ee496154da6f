package dev.orchestrator.api.model.core;

import dev.orchestrator.api.model.Model;
import dev.orchestrator.api.model.Required;
import org.jspecify.annotations.Nullable;

/** A port of the endpoints of a service. */
@Model
public record EndpointPort(
        @Nullable String appProtocol,
        @Nullable String name,
        @Required int port,
        @Nullable String protocol) {}
