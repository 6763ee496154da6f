package dev.orchestrator.api.model.core;

import dev.orchestrator.api.model.Model;

import static java.util.Objects.requireNonNullElse;

/** The ports of a node's daemons. */
@Model
public record NodeDaemonEndpoints(DaemonEndpoint kubeletEndpoint) {

    /** With nothing set. */
    public static final NodeDaemonEndpoints EMPTY =
            NodeDaemonEndpointsBuilder.builder().build();

    /** Copies the collections and fills in what Kubernetes never leaves absent. */
    public NodeDaemonEndpoints {
        kubeletEndpoint = requireNonNullElse(kubeletEndpoint, DaemonEndpoint.EMPTY);
    }
}
