package dev.orchestrator.api.model.core;

import dev.orchestrator.api.collect.Immutables;
import dev.orchestrator.api.model.Model;
import dev.orchestrator.api.model.Required;

/** Kubernetes PodIP. */
@Model
public record PodIP(@Required String ip) {

    /** Copies the collections and fills in what Kubernetes never leaves absent. */
    public PodIP {
        ip = Immutables.text(ip);
    }
}
