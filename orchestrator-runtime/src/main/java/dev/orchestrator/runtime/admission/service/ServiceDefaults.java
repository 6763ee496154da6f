package dev.orchestrator.runtime.admission.service;

import java.util.List;

import dev.orchestrator.api.model.IntOrString;
import dev.orchestrator.api.model.core.ClientIPConfig;
import dev.orchestrator.api.model.core.Service;
import dev.orchestrator.api.model.core.ServiceBuilder;
import dev.orchestrator.api.model.core.ServicePort;
import dev.orchestrator.api.model.core.ServicePortBuilder;
import dev.orchestrator.api.model.core.ServiceSpec;
import dev.orchestrator.api.model.core.ServiceSpecBuilder;
import dev.orchestrator.api.model.core.SessionAffinityConfig;
import dev.orchestrator.runtime.admission.field.Zero;
import dev.orchestrator.runtime.admission.kind.Identity;
import org.jspecify.annotations.Nullable;

/** Fills in what a service leaves out. */
final class ServiceDefaults {

    private static final int AFFINITY_SECONDS = 10_800;

    private ServiceDefaults() {}

    static Service withDefaults(Service service) {
        ServiceSpec spec = service.spec();
        ServiceSpec defaulted = spec(spec);
        return defaulted.equals(spec)
                ? service
                : ServiceBuilder.builder(service).spec(defaulted).build();
    }

    private static ServiceSpec spec(ServiceSpec spec) {
        ServiceSpecBuilder builder = ServiceSpecBuilder.builder(spec);
        String type = Zero.isEmpty(spec.type()) ? ServiceTypes.CLUSTER_IP : Zero.text(spec.type());
        builder.type(type);
        String affinity = Zero.isEmpty(spec.sessionAffinity()) ? "None" : Zero.text(spec.sessionAffinity());
        builder.sessionAffinity(affinity);
        builder.sessionAffinityConfig(affinity(affinity, spec));
        builder.ports(Identity.mapped(spec.ports(), ServiceDefaults::port));
        clusterIps(spec, builder);
        if (!type.equals(ServiceTypes.EXTERNAL_NAME)) {
            if (Zero.isEmpty(spec.internalTrafficPolicy())) {
                builder.internalTrafficPolicy("Cluster");
            }
            if (spec.ipFamilies().isEmpty()) {
                builder.ipFamilies(List.of("IPv4"));
            }
            if (Zero.isEmpty(spec.ipFamilyPolicy())) {
                builder.ipFamilyPolicy("SingleStack");
            }
        }
        boolean external = type.equals(ServiceTypes.NODE_PORT) || type.equals(ServiceTypes.LOAD_BALANCER);
        if (external && Zero.isEmpty(spec.externalTrafficPolicy())) {
            builder.externalTrafficPolicy("Cluster");
        }
        if (type.equals(ServiceTypes.LOAD_BALANCER) && spec.allocateLoadBalancerNodePorts() == null) {
            builder.allocateLoadBalancerNodePorts(true);
        }
        return builder.build();
    }

    private static @Nullable SessionAffinityConfig affinity(String affinity, ServiceSpec spec) {
        SessionAffinityConfig config = spec.sessionAffinityConfig();
        if (!affinity.equals("ClientIP")) {
            return config;
        }
        boolean isSet =
                config != null && config.clientIP() != null && config.clientIP().timeoutSeconds() != null;
        return isSet ? config : new SessionAffinityConfig(new ClientIPConfig(AFFINITY_SECONDS));
    }

    // clusterIP and clusterIPs say the same; whoever sets one of them gets both.
    private static void clusterIps(ServiceSpec spec, ServiceSpecBuilder builder) {
        if (!Zero.isEmpty(spec.clusterIP()) && spec.clusterIPs().isEmpty()) {
            builder.clusterIPs(List.of(Zero.text(spec.clusterIP())));
        } else if (Zero.isEmpty(spec.clusterIP()) && !spec.clusterIPs().isEmpty()) {
            builder.clusterIP(spec.clusterIPs().getFirst());
        }
    }

    private static ServicePort port(ServicePort port) {
        boolean hasTarget = port.targetPort() != null
                && !port.targetPort().equals(IntOrString.of(0))
                && !port.targetPort().text().isEmpty();
        if (hasTarget && !Zero.isEmpty(port.protocol())) {
            return port;
        }
        ServicePortBuilder builder = ServicePortBuilder.builder(port);
        if (!hasTarget) {
            builder.targetPort(IntOrString.of(port.port()));
        }
        if (Zero.isEmpty(port.protocol())) {
            builder.protocol("TCP");
        }
        return builder.build();
    }
}
