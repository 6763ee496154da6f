package dev.orchestrator.api.model.core;

import java.util.List;
import java.util.Map;

import dev.orchestrator.api.collect.Immutables;
import dev.orchestrator.api.model.Model;
import org.jspecify.annotations.Nullable;

/** What a service should be. */
@Model
public record ServiceSpec(
        @Nullable Boolean allocateLoadBalancerNodePorts,
        @Nullable String clusterIP,
        List<String> clusterIPs,
        List<String> externalIPs,
        @Nullable String externalName,
        @Nullable String externalTrafficPolicy,
        int healthCheckNodePort,
        @Nullable String internalTrafficPolicy,
        List<String> ipFamilies,
        @Nullable String ipFamilyPolicy,
        @Nullable String loadBalancerClass,
        @Nullable String loadBalancerIP,
        List<String> loadBalancerSourceRanges,
        List<ServicePort> ports,
        boolean publishNotReadyAddresses,
        Map<String, String> selector,
        @Nullable String sessionAffinity,
        @Nullable SessionAffinityConfig sessionAffinityConfig,
        @Nullable String trafficDistribution,
        @Nullable String type) {

    /** With nothing set. */
    public static final ServiceSpec EMPTY = ServiceSpecBuilder.builder().build();

    /** Copies the collections and fills in what Kubernetes never leaves absent. */
    public ServiceSpec {
        clusterIPs = Immutables.list(clusterIPs);
        externalIPs = Immutables.list(externalIPs);
        ipFamilies = Immutables.list(ipFamilies);
        loadBalancerSourceRanges = Immutables.list(loadBalancerSourceRanges);
        ports = Immutables.list(ports);
        selector = Immutables.map(selector);
    }
}
