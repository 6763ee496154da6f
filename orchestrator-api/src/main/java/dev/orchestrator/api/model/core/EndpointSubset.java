package dev.orchestrator.api.model.core;

import java.util.List;

import dev.orchestrator.api.collect.Immutables;
import dev.orchestrator.api.model.Model;

/** Addresses and ports behind a service that belong together, in the older form. */
@Model
public record EndpointSubset(
        List<EndpointAddress> addresses, List<EndpointAddress> notReadyAddresses, List<EndpointPort> ports) {

    /** Copies the collections and fills in what Kubernetes never leaves absent. */
    public EndpointSubset {
        addresses = Immutables.list(addresses);
        notReadyAddresses = Immutables.list(notReadyAddresses);
        ports = Immutables.list(ports);
    }
}
