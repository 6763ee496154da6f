package dev.orchestrator.api.model.core;

import dev.orchestrator.api.model.IntOrString;
import dev.orchestrator.api.model.Model;
import dev.orchestrator.api.model.Required;
import org.jspecify.annotations.Nullable;

/** A TCP connection to open. */
@Model
public record TCPSocketAction(
        @Nullable String host, @Required @Nullable IntOrString port) {}
