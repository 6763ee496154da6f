package dev.orchestrator.api.model.networking;

import java.util.List;

import dev.orchestrator.api.collect.Immutables;
import dev.orchestrator.api.model.Model;

/** The addresses of an ingress. */
@Model
public record IngressLoadBalancerStatus(List<IngressLoadBalancerIngress> ingress) {

    /** With nothing set. */
    public static final IngressLoadBalancerStatus EMPTY =
            IngressLoadBalancerStatusBuilder.builder().build();

    /** Copies the collections and fills in what Kubernetes never leaves absent. */
    public IngressLoadBalancerStatus {
        ingress = Immutables.list(ingress);
    }
}
