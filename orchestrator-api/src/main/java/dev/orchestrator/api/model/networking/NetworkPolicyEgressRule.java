package dev.orchestrator.api.model.networking;

import java.util.List;

import dev.orchestrator.api.collect.Immutables;
import dev.orchestrator.api.model.Model;

/** Whom the selected pods may talk to. */
@Model
public record NetworkPolicyEgressRule(List<NetworkPolicyPort> ports, List<NetworkPolicyPeer> to) {

    /** Copies the collections and fills in what Kubernetes never leaves absent. */
    public NetworkPolicyEgressRule {
        ports = Immutables.list(ports);
        to = Immutables.list(to);
    }
}
