package dev.orchestrator.api.model.core;

import dev.orchestrator.api.collect.Immutables;
import dev.orchestrator.api.model.Model;
import dev.orchestrator.api.model.Required;

/** One address of a pod's node. */
@Model
public record HostIP(@Required String ip) {

    /** Copies the collections and fills in what Kubernetes never leaves absent. */
    public HostIP {
        ip = Immutables.text(ip);
    }
}
