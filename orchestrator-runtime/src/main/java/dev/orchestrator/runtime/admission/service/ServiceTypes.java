package dev.orchestrator.runtime.admission.service;

import java.util.List;

import dev.orchestrator.api.model.core.Service;
import dev.orchestrator.api.model.core.ServiceSpec;

/** What the types of services have in common and apart. */
final class ServiceTypes {

    static final String CLUSTER_IP = "ClusterIP";
    static final String NODE_PORT = "NodePort";
    static final String LOAD_BALANCER = "LoadBalancer";
    static final String EXTERNAL_NAME = "ExternalName";
    static final List<String> ALL = List.of(CLUSTER_IP, EXTERNAL_NAME, LOAD_BALANCER, NODE_PORT);

    /** The cluster IP of a service that has none on purpose. */
    static final String NONE = "None";

    private ServiceTypes() {}

    static boolean isExternalName(ServiceSpec spec) {
        return EXTERNAL_NAME.equals(spec.type());
    }

    static boolean isHeadless(ServiceSpec spec) {
        return NONE.equals(spec.clusterIP()) || spec.clusterIPs().contains(NONE);
    }

    static boolean hasNodePorts(ServiceSpec spec) {
        return NODE_PORT.equals(spec.type())
                || (LOAD_BALANCER.equals(spec.type()) && !Boolean.FALSE.equals(spec.allocateLoadBalancerNodePorts()));
    }

    static boolean mayHaveNodePorts(ServiceSpec spec) {
        return NODE_PORT.equals(spec.type()) || LOAD_BALANCER.equals(spec.type());
    }

    static boolean wantsClusterIp(Service service) {
        return !isExternalName(service.spec()) && !isHeadless(service.spec());
    }
}
