package dev.orchestrator.api.model.core;

import dev.orchestrator.api.model.Model;
import dev.orchestrator.api.model.Required;

/** A port that a daemon of a node listens on. */
@Model
public record DaemonEndpoint(@Required int Port) {

    /** With nothing set. */
    public static final DaemonEndpoint EMPTY = DaemonEndpointBuilder.builder().build();
}
