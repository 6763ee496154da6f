package dev.orchestrator.api.model.core;

import java.util.List;

import dev.orchestrator.api.collect.Immutables;
import dev.orchestrator.api.model.Model;
import org.jspecify.annotations.Nullable;

/** One address of a load balancer. */
@Model
public record LoadBalancerIngress(
        @Nullable String hostname,
        @Nullable String ip,
        @Nullable String ipMode,
        List<PortStatus> ports) {

    /** Copies the collections and fills in what Kubernetes never leaves absent. */
    public LoadBalancerIngress {
        ports = Immutables.list(ports);
    }
}
