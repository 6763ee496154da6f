package dev.orchestrator.api.model.networking;

import dev.orchestrator.api.model.Model;

import static java.util.Objects.requireNonNullElse;

/** What an ingress was last seen to do. */
@Model
public record IngressStatus(IngressLoadBalancerStatus loadBalancer) {

    /** With nothing set. */
    public static final IngressStatus EMPTY = IngressStatusBuilder.builder().build();

    /** Copies the collections and fills in what Kubernetes never leaves absent. */
    public IngressStatus {
        loadBalancer = requireNonNullElse(loadBalancer, IngressLoadBalancerStatus.EMPTY);
    }
}
