package dev.orchestrator.api.model.core;

import dev.orchestrator.api.model.IntOrString;
import dev.orchestrator.api.model.Model;
import dev.orchestrator.api.model.Required;
import org.jspecify.annotations.Nullable;

/** A port of a service and the port of the pods behind it. */
@Model
public record ServicePort(
        @Nullable String appProtocol,
        @Nullable String name,
        int nodePort,
        @Required int port,
        @Nullable String protocol,
        @Nullable IntOrString targetPort) {}
