package dev.orchestrator.api.model.core;

import java.util.List;

import dev.orchestrator.api.collect.Immutables;
import dev.orchestrator.api.model.Model;

/** The addresses of a load balancer. */
@Model
public record LoadBalancerStatus(List<LoadBalancerIngress> ingress) {

    /** With nothing set. */
    public static final LoadBalancerStatus EMPTY =
            LoadBalancerStatusBuilder.builder().build();

    /** Copies the collections and fills in what Kubernetes never leaves absent. */
    public LoadBalancerStatus {
        ingress = Immutables.list(ingress);
    }
}
