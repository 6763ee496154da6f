package dev.orchestrator.runtime.admission.networking;

import java.util.List;

import dev.orchestrator.api.model.networking.NetworkPolicy;
import dev.orchestrator.api.model.networking.NetworkPolicyEgressRule;
import dev.orchestrator.api.model.networking.NetworkPolicyIngressRule;
import dev.orchestrator.api.model.networking.NetworkPolicyPort;
import dev.orchestrator.api.model.networking.NetworkPolicySpec;
import dev.orchestrator.api.model.networking.NetworkPolicySpecBuilder;

import static dev.orchestrator.runtime.admission.kind.Identity.mapped;
import static dev.orchestrator.runtime.admission.kind.Identity.same;

/** Fills in what a network policy leaves out. */
final class NetworkPolicyDefaults {

    private NetworkPolicyDefaults() {}

    static NetworkPolicy withDefaults(NetworkPolicy policy) {
        NetworkPolicySpec spec = policy.spec();
        List<String> types = spec.policyTypes();
        if (types.isEmpty()) {
            types = spec.egress().isEmpty() ? List.of("Ingress") : List.of("Ingress", "Egress");
        }
        List<NetworkPolicyIngressRule> ingress = mapped(spec.ingress(), NetworkPolicyDefaults::rule);
        List<NetworkPolicyEgressRule> egress = mapped(spec.egress(), NetworkPolicyDefaults::rule);
        if (same(types, spec.policyTypes()) && same(ingress, spec.ingress()) && same(egress, spec.egress())) {
            return policy;
        }
        return new NetworkPolicy(
                policy.metadata(),
                NetworkPolicySpecBuilder.builder(spec)
                        .policyTypes(types)
                        .ingress(ingress)
                        .egress(egress)
                        .build());
    }

    private static NetworkPolicyIngressRule rule(NetworkPolicyIngressRule rule) {
        List<NetworkPolicyPort> ports = mapped(rule.ports(), NetworkPolicyDefaults::port);
        return same(ports, rule.ports()) ? rule : new NetworkPolicyIngressRule(rule.from(), ports);
    }

    private static NetworkPolicyEgressRule rule(NetworkPolicyEgressRule rule) {
        List<NetworkPolicyPort> ports = mapped(rule.ports(), NetworkPolicyDefaults::port);
        return same(ports, rule.ports()) ? rule : new NetworkPolicyEgressRule(ports, rule.to());
    }

    private static NetworkPolicyPort port(NetworkPolicyPort port) {
        return port.protocol() == null ? new NetworkPolicyPort(port.endPort(), port.port(), "TCP") : port;
    }
}
