package dev.orchestrator.runtime.network;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import com.google.common.net.InetAddresses;
import dev.orchestrator.api.model.core.ServicePort;
import dev.orchestrator.api.model.discovery.EndpointConditions;
import dev.orchestrator.api.model.discovery.EndpointPort;
import dev.orchestrator.api.model.discovery.EndpointSlice;
import dev.orchestrator.runtime.network.proxy.Endpoint;
import dev.orchestrator.runtime.network.proxy.EndpointId;
import dev.orchestrator.spi.TransportProtocol;

/** Turns the slices of a service into what the proxy forwards one of its ports to. */
final class EndpointPlan {

    private EndpointPlan() {}

    /** {@return the endpoints of a port, each address once; those that cannot be reached from here are left out} */
    static List<Endpoint> of(ServicePort port, List<EndpointSlice> slices, PodAddresses pods) {
        // An endpoint may be in two slices while it moves between them: the later entry counts.
        Map<EndpointId, Endpoint> endpoints = new LinkedHashMap<>();
        for (EndpointSlice slice : slices) {
            for (EndpointPort slicePort : slice.ports()) {
                if (serves(slicePort, port)) {
                    add(slice, slicePort, pods, endpoints);
                }
            }
        }
        return new ArrayList<>(endpoints.values());
    }

    private static boolean serves(EndpointPort slicePort, ServicePort port) {
        return slicePort.port() != null
                && nameOf(slicePort.name()).equals(nameOf(port.name()))
                && Protocols.of(slicePort.protocol()) == Protocols.of(port.protocol());
    }

    private static String nameOf(@org.jspecify.annotations.Nullable String name) {
        return name == null ? "" : name;
    }

    private static void add(
            EndpointSlice slice, EndpointPort slicePort, PodAddresses pods, Map<EndpointId, Endpoint> endpoints) {
        Integer number = slicePort.port();
        if (number == null) {
            return;
        }
        TransportProtocol protocol = Protocols.of(slicePort.protocol());
        for (var endpoint : slice.endpoints()) {
            for (String ip : endpoint.addresses()) {
                EndpointConditions conditions = endpoint.conditions();
                // An unknown condition counts as true for readiness and serving, as Kubernetes says of consumers.
                boolean ready = !Boolean.FALSE.equals(conditions.ready());
                boolean terminating = Boolean.TRUE.equals(conditions.terminating());
                Boolean servingValue = conditions.serving();
                boolean serving = servingValue == null ? ready : servingValue;
                reachable(ip, number, protocol, pods)
                        .map(address ->
                                new Endpoint(new EndpointId(ip + ":" + number), address, ready, serving, terminating))
                        .ifPresent(found -> endpoints.put(found.id(), found));
            }
        }
    }

    private static Optional<InetSocketAddress> reachable(
            String ip, int port, TransportProtocol protocol, PodAddresses pods) {
        Optional<InetSocketAddress> pod = pods.find(ip, port, protocol);
        if (pod.isPresent() || Addresses.isVirtual(ip) || !InetAddresses.isInetAddress(ip)) {
            return pod;
        }
        // Not a pod: endpoints that a user has written by hand name real addresses.
        return Optional.of(new InetSocketAddress(InetAddresses.forString(ip), port));
    }
}
