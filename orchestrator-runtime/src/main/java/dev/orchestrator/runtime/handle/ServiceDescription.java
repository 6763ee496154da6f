package dev.orchestrator.runtime.handle;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

import dev.orchestrator.api.model.ResourceTypes;
import dev.orchestrator.api.model.Selector;
import dev.orchestrator.api.model.core.EndpointAddress;
import dev.orchestrator.api.model.core.EndpointSubset;
import dev.orchestrator.api.model.core.Endpoints;
import dev.orchestrator.api.model.core.LoadBalancerIngress;
import dev.orchestrator.api.model.core.Service;
import dev.orchestrator.api.model.core.ServicePort;
import dev.orchestrator.api.model.discovery.Endpoint;
import dev.orchestrator.api.model.discovery.EndpointSlice;

/** What {@code describe} says about services and about the addresses that answer for them. */
final class ServiceDescription {

    private static final String SERVICE_NAME = "kubernetes.io/service-name";
    private static final int MOST_ENDPOINTS = 3;

    private ServiceDescription() {}

    static void service(Sheet sheet, HandleContext context, Service service) {
        var metadata = service.metadata();
        var spec = service.spec();
        sheet.field("Name", metadata.nameOrEmpty())
                .field("Namespace", metadata.namespaceOrEmpty())
                .map("Labels", metadata.labels())
                .annotations("Annotations", metadata.annotations())
                .field("Selector", Phrases.labels(spec.selector()))
                .field("Type", spec.type())
                .optional("IP Family Policy", spec.ipFamilyPolicy())
                .field("IP Families", Phrases.orNone(String.join(",", spec.ipFamilies())))
                .field("IP", spec.clusterIP())
                .field("IPs", Phrases.orNone(String.join(",", spec.clusterIPs())))
                .optional("External IPs", String.join(",", spec.externalIPs()))
                .optional("Desired LoadBalancer IP", spec.loadBalancerIP())
                .optional("External Name", spec.externalName())
                .optional(
                        "LoadBalancer Ingress",
                        service.status().loadBalancer().ingress().stream()
                                .map(ServiceDescription::ingress)
                                .collect(Collectors.joining(", ")));
        spec.ports().forEach(port -> port(sheet, context, service, port));
        sheet.field("Session Affinity", spec.sessionAffinity())
                .optional("External Traffic Policy", spec.externalTrafficPolicy())
                .optional("Internal Traffic Policy", spec.internalTrafficPolicy())
                .optional("HealthCheck NodePort", spec.healthCheckNodePort() == 0 ? null : spec.healthCheckNodePort())
                .optional("LoadBalancer Source Ranges", String.join(",", spec.loadBalancerSourceRanges()))
                .optional("Traffic Distribution", spec.trafficDistribution());
        EventList.write(sheet, context, service);
    }

    private static String ingress(LoadBalancerIngress point) {
        if (point.ip() == null || point.ip().isEmpty()) {
            return Phrases.text(point.hostname());
        }
        return point.ipMode() == null ? point.ip() : point.ip() + " (" + point.ipMode() + ")";
    }

    private static void port(Sheet sheet, HandleContext context, Service service, ServicePort port) {
        String protocol = "/" + Phrases.text(port.protocol());
        Object name = Phrases.orUnset(port.name());
        sheet.row("Port:", name, port.port() + protocol)
                .field("TargetPort", Objects.toString(port.targetPort(), "0") + protocol);
        if (port.nodePort() != 0) {
            sheet.row("NodePort:", name, port.nodePort() + protocol);
        }
        sheet.field("Endpoints", endpoints(context, service, Phrases.text(port.name())));
    }

    /** {@return the first of the addresses that are ready to answer for a port of a service} */
    static String endpoints(HandleContext context, Service service, String port) {
        List<EndpointSlice> slices = context.store()
                .matching(
                        ResourceTypes.ENDPOINT_SLICE,
                        service.metadata().namespaceOrEmpty(),
                        Selector.ofLabels(Map.of(SERVICE_NAME, service.key().name())));
        if (slices.isEmpty()) {
            return Phrases.NONE;
        }
        var all = new ArrayList<String>();
        for (EndpointSlice slice : slices) {
            List<String> ready = slice.endpoints().stream()
                    .filter(endpoint ->
                            !Boolean.FALSE.equals(endpoint.conditions().ready()))
                    .map(endpoint -> endpoint.addresses().getFirst())
                    .toList();
            if (slice.ports().isEmpty()) { // a headless service may have none
                all.addAll(ready);
            }
            slice.ports().stream()
                    .filter(each -> port.equals(Phrases.text(each.name())))
                    .forEach(each -> ready.forEach(address -> all.add(joined(address) + ":" + each.port())));
        }
        String shown = all.stream().limit(MOST_ENDPOINTS).collect(Collectors.joining(","));
        int more = all.size() - MOST_ENDPOINTS;
        return more > 0 ? shown + " + " + more + " more..." : shown;
    }

    private static String joined(String address) {
        return address.contains(":") ? "[" + address + "]" : address;
    }

    static void endpoints(Sheet sheet, HandleContext context, Endpoints endpoints) {
        var metadata = endpoints.metadata();
        sheet.field("Name", metadata.nameOrEmpty())
                .field("Namespace", metadata.namespaceOrEmpty())
                .map("Labels", metadata.labels())
                .annotations("Annotations", metadata.annotations())
                .section("Subsets", () -> endpoints.subsets().forEach(subset -> subset(sheet, subset)));
        EventList.write(sheet, context, endpoints);
    }

    private static void subset(Sheet sheet, EndpointSubset subset) {
        sheet.field("Addresses", addresses(subset.addresses()))
                .field("NotReadyAddresses", addresses(subset.notReadyAddresses()));
        if (!subset.ports().isEmpty()) {
            sheet.section("Ports", () -> {
                sheet.titles("Name", "Port", "Protocol");
                subset.ports().forEach(port -> sheet.row(Phrases.orUnset(port.name()), port.port(), port.protocol()));
            });
        }
        sheet.blank();
    }

    private static String addresses(List<EndpointAddress> addresses) {
        return Phrases.orNone(addresses.stream().map(EndpointAddress::ip).collect(Collectors.joining(",")));
    }

    static void slice(Sheet sheet, HandleContext context, EndpointSlice slice) {
        var metadata = slice.metadata();
        sheet.field("Name", metadata.nameOrEmpty())
                .field("Namespace", metadata.namespaceOrEmpty())
                .map("Labels", metadata.labels())
                .annotations("Annotations", metadata.annotations())
                .field("AddressType", slice.addressType());
        if (slice.ports().isEmpty()) {
            sheet.line("Ports: <unset>");
        } else {
            sheet.section("Ports", () -> {
                sheet.titles("Name", "Port", "Protocol");
                slice.ports()
                        .forEach(port ->
                                sheet.row(Phrases.orUnset(port.name()), Phrases.orUnset(port.port()), port.protocol()));
            });
        }
        if (slice.endpoints().isEmpty()) {
            sheet.line("Endpoints: <none>");
        } else {
            sheet.section("Endpoints", () -> slice.endpoints().forEach(endpoint -> endpoint(sheet, endpoint)));
        }
        EventList.write(sheet, context, slice);
    }

    private static void endpoint(Sheet sheet, Endpoint endpoint) {
        var target = endpoint.targetRef();
        sheet.field("- Addresses", Phrases.orNone(Phrases.joined(endpoint.addresses())));
        sheet.indented(() -> {
            sheet.section(
                    "Conditions",
                    () -> sheet.field(
                            "Ready", Phrases.orUnset(endpoint.conditions().ready())));
            sheet.field("Hostname", Phrases.orUnset(endpoint.hostname()));
            if (target != null) {
                sheet.field("TargetRef", target.kind() + "/" + target.name());
            }
            sheet.field("NodeName", Phrases.orUnset(endpoint.nodeName()))
                    .field("Zone", Phrases.orUnset(endpoint.zone()));
        });
    }
}
