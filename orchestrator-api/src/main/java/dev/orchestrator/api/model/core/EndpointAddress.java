package dev.orchestrator.api.model.core;

import dev.orchestrator.api.collect.Immutables;
import dev.orchestrator.api.model.Model;
import dev.orchestrator.api.model.Required;
import org.jspecify.annotations.Nullable;

/** One address behind a service, in the older form. */
@Model
public record EndpointAddress(
        @Nullable String hostname,
        @Required String ip,
        @Nullable String nodeName,
        @Nullable ObjectReference targetRef) {

    /** Copies the collections and fills in what Kubernetes never leaves absent. */
    public EndpointAddress {
        ip = Immutables.text(ip);
    }
}
