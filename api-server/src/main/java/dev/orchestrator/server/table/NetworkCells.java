package dev.orchestrator.server.table;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.stream.Stream;

import dev.orchestrator.api.model.core.EndpointSubset;
import dev.orchestrator.api.model.core.Endpoints;
import dev.orchestrator.api.model.core.Service;
import dev.orchestrator.api.model.core.ServicePort;
import dev.orchestrator.api.model.discovery.EndpointPort;
import dev.orchestrator.api.model.discovery.EndpointSlice;
import dev.orchestrator.api.model.networking.Ingress;
import dev.orchestrator.api.model.networking.IngressClass;
import dev.orchestrator.api.model.networking.NetworkPolicy;

/** The rows of what connects pods. */
final class NetworkCells {

    private static final int MOST = 3;

    private NetworkCells() {}

    static List<Object> of(Service it, Instant now) {
        return List.of(
                Cells.name(it),
                Cells.text(it.spec().type()),
                Cells.orNone(it.spec().clusterIP()),
                externalIp(it),
                Cells.orNone(Cells.joined(it.spec().ports(), NetworkCells::port)),
                Cells.age(it, now),
                Cells.labels(it.spec().selector()));
    }

    private static String port(ServicePort port) {
        String node = port.nodePort() > 0 ? ":" + port.nodePort() : "";
        return port.port() + node + "/" + Cells.text(port.protocol());
    }

    private static String externalIp(Service service) {
        List<String> external = service.spec().externalIPs();
        return switch (Cells.text(service.spec().type())) {
            case "ExternalName" -> Cells.text(service.spec().externalName());
            case "LoadBalancer" -> {
                var all = new LinkedHashSet<String>();
                service.status()
                        .loadBalancer()
                        .ingress()
                        .forEach(ingress -> all.add(Cells.or(ingress.ip(), Cells.text(ingress.hostname()))));
                all.addAll(external);
                yield all.isEmpty() ? "<pending>" : String.join(",", all);
            }
            default -> Cells.orNone(String.join(",", external));
        };
    }

    static List<Object> of(Endpoints it, Instant now) {
        var all = new ArrayList<String>();
        it.subsets().forEach(subset -> addresses(subset).forEach(all::add));
        return List.of(Cells.name(it), Cells.firstOf(all, MOST), Cells.age(it, now));
    }

    private static Stream<String> addresses(EndpointSubset subset) {
        if (subset.ports().isEmpty()) {
            return subset.addresses().stream().map(address -> address.ip());
        }
        return subset.ports().stream()
                .flatMap(port -> subset.addresses().stream().map(address -> address.ip() + ":" + port.port()));
    }

    static List<Object> of(EndpointSlice it, Instant now) {
        List<String> ports = it.ports().stream().map(NetworkCells::port).toList();
        List<String> addresses = it.endpoints().stream()
                .flatMap(endpoint -> endpoint.addresses().stream())
                .toList();
        return List.of(
                Cells.name(it),
                it.addressType(),
                ports.isEmpty() ? Cells.UNSET : Cells.firstOf(ports, MOST),
                addresses.isEmpty() ? Cells.UNSET : Cells.firstOf(addresses, MOST),
                Cells.age(it, now));
    }

    private static String port(EndpointPort port) {
        Integer number = port.port();
        return number == null ? "*" : Integer.toString(number);
    }

    static List<Object> of(Ingress it, Instant now) {
        List<String> hosts = it.spec().rules().stream()
                .map(rule -> Cells.text(rule.host()))
                .filter(host -> !host.isEmpty())
                .toList();
        String addresses = Cells.joined(
                it.status().loadBalancer().ingress(),
                ingress -> Cells.or(ingress.ip(), Cells.text(ingress.hostname())));
        return List.of(
                Cells.name(it),
                Cells.orNone(it.spec().ingressClassName()),
                hosts.isEmpty() ? "*" : Cells.firstOf(hosts, MOST),
                addresses,
                it.spec().tls().isEmpty() ? "80" : "80, 443",
                Cells.age(it, now));
    }

    static List<Object> of(IngressClass it, Instant now) {
        var reference = it.spec().parameters();
        String parameters = Cells.NONE;
        if (reference != null) {
            String group = Cells.text(reference.apiGroup());
            parameters = reference.kind() + (group.isEmpty() ? "" : "." + group) + "/" + reference.name();
        }
        return List.of(Cells.name(it), Cells.text(it.spec().controller()), parameters, Cells.age(it, now));
    }

    static List<Object> of(NetworkPolicy it, Instant now) {
        return List.of(Cells.name(it), Cells.selector(it.spec().podSelector()), Cells.age(it, now));
    }
}
