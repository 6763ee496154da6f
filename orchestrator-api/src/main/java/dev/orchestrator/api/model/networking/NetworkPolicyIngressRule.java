package dev.orchestrator.api.model.networking;

import java.util.List;

import dev.orchestrator.api.collect.Immutables;
import dev.orchestrator.api.model.Model;

/** Who may talk to the selected pods. */
@Model
public record NetworkPolicyIngressRule(List<NetworkPolicyPeer> from, List<NetworkPolicyPort> ports) {

    /** Copies the collections and fills in what Kubernetes never leaves absent. */
    public NetworkPolicyIngressRule {
        from = Immutables.list(from);
        ports = Immutables.list(ports);
    }
}
