package dev.orchestrator.api.model.networking;

import dev.orchestrator.api.collect.Immutables;
import dev.orchestrator.api.model.Model;
import dev.orchestrator.api.model.Required;

import static java.util.Objects.requireNonNullElse;

/** A service and one of its ports. */
@Model
public record IngressServiceBackend(@Required String name, ServiceBackendPort port) {

    /** Copies the collections and fills in what Kubernetes never leaves absent. */
    public IngressServiceBackend {
        name = Immutables.text(name);
        port = requireNonNullElse(port, ServiceBackendPort.EMPTY);
    }
}
