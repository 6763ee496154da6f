package dev.orchestrator.api.model.networking;

import java.util.List;

import dev.orchestrator.api.collect.Immutables;
import dev.orchestrator.api.model.Model;
import dev.orchestrator.api.model.meta.LabelSelector;
import org.jspecify.annotations.Nullable;

/** The rules of a network policy. */
@Model
public record NetworkPolicySpec(
        List<NetworkPolicyEgressRule> egress,
        List<NetworkPolicyIngressRule> ingress,
        @Nullable LabelSelector podSelector,
        List<String> policyTypes) {

    /** With nothing set. */
    public static final NetworkPolicySpec EMPTY =
            NetworkPolicySpecBuilder.builder().build();

    /** Copies the collections and fills in what Kubernetes never leaves absent. */
    public NetworkPolicySpec {
        egress = Immutables.list(egress);
        ingress = Immutables.list(ingress);
        policyTypes = Immutables.list(policyTypes);
    }
}
