package dev.orchestrator.api.model.core;

import dev.orchestrator.api.model.IntOrString;
import dev.orchestrator.api.model.Model;
import org.jspecify.annotations.Nullable;

/** A TCP connection to open. */
@Model
public record TCPSocketAction(
        @Nullable String host, @Nullable IntOrString port) {}
