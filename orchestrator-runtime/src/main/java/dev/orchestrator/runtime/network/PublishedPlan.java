package dev.orchestrator.runtime.network;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

import com.google.common.base.Splitter;
import com.google.common.collect.Lists;
import com.google.common.net.InetAddresses;
import dev.orchestrator.api.model.core.Service;
import dev.orchestrator.api.model.core.ServicePort;
import dev.orchestrator.api.model.discovery.Endpoint;
import dev.orchestrator.api.model.discovery.EndpointPort;
import dev.orchestrator.api.model.discovery.EndpointSlice;
import dev.orchestrator.spi.PublishedService;
import dev.orchestrator.spi.PublishedService.Name;
import dev.orchestrator.spi.PublishedService.Route;
import dev.orchestrator.spi.PublishedService.Target;
import dev.orchestrator.spi.TransportProtocol;
import org.jspecify.annotations.Nullable;

/**
 * What a service and its slices mean to pods: routes and names, for IPv4.
 *
 * <p>Source of the rules: Kubernetes, DNS-Based Service Discovery, and what CoreDNS makes of it.
 */
final class PublishedPlan {

    private static final Splitter DOTS = Splitter.on('.');
    private static final int IPV4_BYTES = 4;

    private final Service service;
    private final List<EndpointSlice> slices;
    private final String fullName;
    // One name and type is one entry, with all its values.
    private final Map<Named, Set<String>> names = new LinkedHashMap<>();

    private record Named(String name, PublishedService.Type type) {}

    private PublishedPlan(Service service, List<EndpointSlice> slices) {
        this.service = service;
        this.slices = slices;
        this.fullName = (service.key().name() + "." + service.key().namespace() + ".svc.cluster.local")
                .toLowerCase(Locale.ROOT);
    }

    /** {@return what is published of a service} */
    static PublishedService of(Service service, List<EndpointSlice> slices) {
        return new PublishedPlan(service, slices).published();
    }

    private PublishedService published() {
        String external = service.spec().externalName();
        if ("ExternalName".equals(service.spec().type())) {
            if (external != null && !external.isEmpty()) {
                add(fullName, PublishedService.Type.CNAME, external);
            }
            return of(List.of());
        }
        List<String> ips = service.spec().clusterIPs().stream()
                .filter(PublishedPlan::isIpv4)
                .toList();
        if (ips.isEmpty()) {
            nameHeadless();
        }
        ips.forEach(this::nameAddress);
        nameEndpoints(ips.isEmpty());
        return of(routes(ips));
    }

    private PublishedService of(List<Route> routes) {
        return new PublishedService(
                service.key().namespace(),
                service.key().name(),
                routes,
                names.entrySet().stream()
                        .map(entry ->
                                new Name(entry.getKey().name(), entry.getKey().type(), List.copyOf(entry.getValue())))
                        .toList());
    }

    private static boolean isIpv4(String ip) {
        return InetAddresses.isInetAddress(ip) && InetAddresses.forString(ip).getAddress().length == IPV4_BYTES;
    }

    private void add(String name, PublishedService.Type type, String value) {
        names.computeIfAbsent(new Named(name, type), any -> new LinkedHashSet<>())
                .add(value);
    }

    private static String reverse(String ip) {
        return String.join(".", Lists.reverse(DOTS.splitToList(ip))) + ".in-addr.arpa";
    }

    /** The name exists while nobody is ready. */
    private void nameHeadless() {
        names.put(new Named(fullName, PublishedService.Type.A), new LinkedHashSet<>());
    }

    private void nameAddress(String ip) {
        add(fullName, PublishedService.Type.A, ip);
        add(reverse(ip), PublishedService.Type.PTR, fullName);
        for (ServicePort port : service.spec().ports()) {
            addPlace(port.name(), port.protocol(), port.port(), fullName);
        }
    }

    private void addPlace(@Nullable String portName, @Nullable String protocol, int port, String target) {
        if (portName != null && !portName.isEmpty()) {
            String transport = Protocols.of(protocol).name().toLowerCase(Locale.ROOT);
            add(
                    "_" + portName + "._" + transport + "." + fullName,
                    PublishedService.Type.SRV,
                    "0 100 " + port + " " + target);
        }
    }

    private void nameEndpoints(boolean isHeadless) {
        for (EndpointSlice slice : slices) {
            for (Endpoint endpoint : slice.endpoints()) {
                if (!Boolean.FALSE.equals(endpoint.conditions().ready())) {
                    endpoint.addresses().stream()
                            .filter(PublishedPlan::isIpv4)
                            .forEach(ip -> nameEndpoint(slice, endpoint, ip, isHeadless));
                }
            }
        }
    }

    private void nameEndpoint(EndpointSlice slice, Endpoint endpoint, String ip, boolean isHeadless) {
        String hostname = endpoint.hostname();
        String own = (hostname == null || hostname.isEmpty() ? ip.replace('.', '-') : hostname) + "." + fullName;
        add(own, PublishedService.Type.A, ip);
        if (isHeadless) {
            add(fullName, PublishedService.Type.A, ip);
            add(reverse(ip), PublishedService.Type.PTR, own);
            for (EndpointPort port : slice.ports()) {
                Integer number = port.port();
                if (number != null) {
                    addPlace(port.name(), port.protocol(), number, own);
                }
            }
        }
    }

    private List<Route> routes(List<String> ips) {
        Duration affinity =
                Objects.requireNonNullElse(OpenService.options(service).affinityTimeout(), Duration.ZERO);
        List<Route> routes = new ArrayList<>();
        for (ServicePort port : service.spec().ports()) {
            List<Target> targets = targets(port);
            for (String ip : ips) {
                routes.add(new Route(ip, port.port(), Protocols.of(port.protocol()), affinity, targets));
            }
        }
        return routes;
    }

    /** As the proxy has it: what is ready, and if there is none, what still serves while it terminates. */
    private List<Target> targets(ServicePort port) {
        var endpoints = EndpointPlan.of(port, slices, PublishedPlan::asPodsSeeIt);
        var ready = endpoints.stream()
                .filter(dev.orchestrator.runtime.network.proxy.Endpoint::ready)
                .toList();
        var chosen = ready.isEmpty()
                ? endpoints.stream()
                        .filter(endpoint -> endpoint.serving() && endpoint.terminating())
                        .toList()
                : ready;
        return chosen.stream()
                .map(endpoint -> endpoint.address())
                .filter(address -> address.getAddress().getAddress().length == IPV4_BYTES)
                .map(address -> new Target(address.getAddress().getHostAddress(), address.getPort()))
                .toList();
    }

    private static Optional<InetSocketAddress> asPodsSeeIt(String ip, int port, TransportProtocol protocol) {
        return InetAddresses.isInetAddress(ip)
                ? Optional.of(new InetSocketAddress(InetAddresses.forString(ip), port))
                : Optional.empty();
    }
}
