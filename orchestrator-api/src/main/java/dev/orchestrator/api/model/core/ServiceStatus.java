package dev.orchestrator.api.model.core;

import java.util.List;

import dev.orchestrator.api.collect.Immutables;
import dev.orchestrator.api.model.Model;
import dev.orchestrator.api.model.meta.Condition;

import static java.util.Objects.requireNonNullElse;

/** What a service was last seen to be. */
@Model
public record ServiceStatus(List<Condition> conditions, LoadBalancerStatus loadBalancer) {

    /** With nothing set. */
    public static final ServiceStatus EMPTY = ServiceStatusBuilder.builder().build();

    /** Copies the collections and fills in what Kubernetes never leaves absent. */
    public ServiceStatus {
        conditions = Immutables.list(conditions);
        loadBalancer = requireNonNullElse(loadBalancer, LoadBalancerStatus.EMPTY);
    }
}
