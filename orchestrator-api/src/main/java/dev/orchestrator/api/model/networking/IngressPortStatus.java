package dev.orchestrator.api.model.networking;

import dev.orchestrator.api.collect.Immutables;
import dev.orchestrator.api.model.Model;
import dev.orchestrator.api.model.Required;
import org.jspecify.annotations.Nullable;

/** One port of an ingress and what is wrong with it. */
@Model
public record IngressPortStatus(
        @Nullable String error,
        @Required int port,
        @Required String protocol) {

    /** Copies the collections and fills in what Kubernetes never leaves absent. */
    public IngressPortStatus {
        protocol = Immutables.text(protocol);
    }
}
