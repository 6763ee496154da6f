package dev.orchestrator.api.model.core;

import dev.orchestrator.api.model.Model;
import dev.orchestrator.api.model.Required;

/** Kubernetes DaemonEndpoint. */
@Model
public record DaemonEndpoint(@Required int Port) {

    /** With nothing set. */
    public static final DaemonEndpoint EMPTY = DaemonEndpointBuilder.builder().build();
}
