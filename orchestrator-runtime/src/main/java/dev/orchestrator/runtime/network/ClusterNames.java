package dev.orchestrator.runtime.network;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

import com.google.common.net.InetAddresses;
import dev.orchestrator.api.model.ObjectKey;
import dev.orchestrator.api.model.ResourceTypes;
import dev.orchestrator.api.model.Selector;
import dev.orchestrator.api.model.core.Service;
import dev.orchestrator.api.model.discovery.Endpoint;
import dev.orchestrator.api.model.discovery.EndpointSlice;
import dev.orchestrator.runtime.store.ObjectStore;
import dev.orchestrator.spi.TransportProtocol;

/** Resolves what programs inside pods dial: names of services and pods, cluster IPs and pod IPs. */
public final class ClusterNames {

    private static final int MAX_ALIASES = 8;

    private final ObjectStore store;
    private final ServiceNetwork network;
    private final PodAddresses pods;

    /** Creates a resolver over the services and pods of a store. */
    public ClusterNames(ObjectStore store, ServiceNetwork network, PodAddresses pods) {
        this.store = store;
        this.network = network;
        this.pods = pods;
    }

    /**
     * {@return where this JVM reaches what a pod of the namespace means by a host and port; empty if it means nothing}
     */
    public Optional<InetSocketAddress> resolve(String namespace, String host, int port, TransportProtocol protocol) {
        return resolve(namespace, host, port, protocol, MAX_ALIASES);
    }

    private Optional<InetSocketAddress> resolve(
            String namespace, String host, int port, TransportProtocol protocol, int aliasesLeft) {
        if (host.equals("localhost")) {
            return Optional.of(new InetSocketAddress(Addresses.LOOPBACK, port));
        }
        if (InetAddresses.isInetAddress(host)) {
            return address(host, port, protocol);
        }
        Optional<String> podIp = Names.podIp(host);
        if (podIp.isPresent()) {
            return pods.find(podIp.get(), port, protocol);
        }
        for (Names name : Names.of(namespace, host)) {
            Optional<Service> service = store.find(ResourceTypes.SERVICE, name.service());
            if (service.isPresent()) {
                return service(service.get(), name, port, protocol, aliasesLeft);
            }
        }
        return Optional.empty();
    }

    private Optional<InetSocketAddress> address(String ip, int port, TransportProtocol protocol) {
        Optional<ObjectKey> service = network.serviceAt(ip);
        if (service.isPresent()) {
            return proxied(service.get(), port, protocol);
        }
        Optional<InetSocketAddress> pod = pods.find(ip, port, protocol);
        if (pod.isPresent() || Addresses.isVirtual(ip)) {
            return pod;
        }
        return Optional.of(new InetSocketAddress(InetAddresses.forString(ip), port));
    }

    private Optional<InetSocketAddress> service(
            Service service, Names name, int port, TransportProtocol protocol, int aliasesLeft) {
        String external = service.spec().externalName();
        if ("ExternalName".equals(service.spec().type()) && external != null) {
            // A name outside the cluster is left to whoever connects: looking it up may block.
            Optional<InetSocketAddress> inside = aliasesLeft == 0
                    ? Optional.empty()
                    : resolve(service.key().namespace(), external, port, protocol, aliasesLeft - 1);
            return inside.or(() -> Optional.of(InetSocketAddress.createUnresolved(external, port)));
        }
        if ("None".equals(service.spec().clusterIP()) || name.hostname() != null) {
            return endpoint(service, name, port, protocol);
        }
        return proxied(service.key(), port, protocol);
    }

    private Optional<InetSocketAddress> proxied(ObjectKey service, int port, TransportProtocol protocol) {
        try {
            return network.address(service, port, protocol);
        } catch (IOException portsExhausted) {
            throw new java.io.UncheckedIOException(
                    "service " + service + ": no socket for port " + port, portsExhausted);
        }
    }

    private Optional<InetSocketAddress> endpoint(Service service, Names name, int port, TransportProtocol protocol) {
        List<String> candidates = new ArrayList<>();
        Selector ofService = Selector.ofLabels(
                Map.of("kubernetes.io/service-name", service.key().name()));
        for (EndpointSlice slice :
                store.matching(ResourceTypes.ENDPOINT_SLICE, service.key().namespace(), ofService)) {
            for (Endpoint endpoint : slice.endpoints()) {
                boolean isMeant = name.hostname() == null
                        ? !Boolean.FALSE.equals(endpoint.conditions().ready())
                        : Objects.equals(name.hostname(), endpoint.hostname());
                if (isMeant) {
                    candidates.addAll(endpoint.addresses());
                }
            }
        }
        if (candidates.isEmpty()) {
            return Optional.empty();
        }
        String chosen = candidates.get(ThreadLocalRandom.current().nextInt(candidates.size()));
        return address(chosen, port, protocol);
    }
}
