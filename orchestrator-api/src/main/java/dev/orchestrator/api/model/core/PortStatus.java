package dev.orchestrator.api.model.core;

import dev.orchestrator.api.collect.Immutables;
import dev.orchestrator.api.model.Model;
import dev.orchestrator.api.model.Required;
import org.jspecify.annotations.Nullable;

/** One port of a load balancer and what is wrong with it. */
@Model
public record PortStatus(
        @Nullable String error,
        @Required int port,
        @Required String protocol) {

    /** Copies the collections and fills in what Kubernetes never leaves absent. */
    public PortStatus {
        protocol = Immutables.text(protocol);
    }
}
