package dev.orchestrator.runtime.admission.networking;

import dev.orchestrator.api.model.ResourceType;
import dev.orchestrator.api.model.ResourceTypes;
import dev.orchestrator.runtime.admission.kind.Defaulter;
import dev.orchestrator.runtime.admission.kind.KindRules;
import org.jspecify.annotations.Nullable;

/** The rules of the kinds that route and restrict traffic. */
public final class NetworkingRules {

    private NetworkingRules() {}

    /**
     * {@return the rules of a kind if it is one of ingresses, ingress classes and network policies; each call makes
     * them anew}
     */
    public static @Nullable KindRules<?> of(ResourceType<?> type) {
        return switch (type.kind()) {
            case "Ingress" -> KindRules.of(ResourceTypes.INGRESS, Defaulter.none(), new IngressValidation());
            case "IngressClass" ->
                KindRules.of(
                        ResourceTypes.INGRESS_CLASS,
                        IngressClassValidation::withDefaults,
                        new IngressClassValidation());
            case "NetworkPolicy" ->
                KindRules.of(
                        ResourceTypes.NETWORK_POLICY,
                        NetworkPolicyDefaults::withDefaults,
                        new NetworkPolicyValidation());
            default -> null;
        };
    }
}
