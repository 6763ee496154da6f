package dev.orchestrator.api.model.networking;

import java.util.List;

import dev.orchestrator.api.collect.Immutables;
import dev.orchestrator.api.model.Model;
import org.jspecify.annotations.Nullable;

/** One address of an ingress. */
@Model
public record IngressLoadBalancerIngress(
        @Nullable String hostname, @Nullable String ip, List<IngressPortStatus> ports) {

    /** Copies the collections and fills in what Kubernetes never leaves absent. */
    public IngressLoadBalancerIngress {
        ports = Immutables.list(ports);
    }
}
