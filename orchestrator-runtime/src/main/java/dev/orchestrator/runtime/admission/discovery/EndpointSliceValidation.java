package dev.orchestrator.runtime.admission.discovery;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

import dev.orchestrator.api.model.discovery.Endpoint;
import dev.orchestrator.api.model.discovery.EndpointHints;
import dev.orchestrator.api.model.discovery.EndpointPort;
import dev.orchestrator.api.model.discovery.EndpointSlice;
import dev.orchestrator.runtime.admission.field.Addresses;
import dev.orchestrator.runtime.admission.field.FieldErrors;
import dev.orchestrator.runtime.admission.field.FieldPath;
import dev.orchestrator.runtime.admission.field.Names;
import dev.orchestrator.runtime.admission.field.Zero;
import dev.orchestrator.runtime.admission.kind.MetadataRules;
import dev.orchestrator.runtime.admission.kind.Validator;

import static dev.orchestrator.runtime.admission.kind.Identity.same;

/** The rules of endpoint slices: addresses of one type, of limited number. */
final class EndpointSliceValidation implements Validator<EndpointSlice> {

    private static final List<String> ADDRESS_TYPES = List.of("FQDN", "IPv4", "IPv6");
    private static final FieldPath ADDRESS_TYPE = FieldPath.of("addressType");
    private static final FieldPath ENDPOINTS = FieldPath.of("endpoints");
    private static final FieldPath PORTS = FieldPath.of("ports");
    private static final int MAX_ENDPOINTS = 1000;
    private static final int MAX_ADDRESSES = 100;
    private static final int MAX_PORTS = 100;
    private static final int MAX_TOPOLOGY = 16;
    private static final int MAX_HINTS = 8;

    @Override
    public void validateCreate(EndpointSlice slice, FieldErrors errors) {
        errors.oneOf(ADDRESS_TYPE, slice.addressType(), ADDRESS_TYPES);
        endpoints(slice, errors);
        ports(slice.ports(), errors);
    }

    @Override
    public void validateUpdate(EndpointSlice old, EndpointSlice updated, FieldErrors errors) {
        if (same(old.endpoints(), updated.endpoints()) && same(old.ports(), updated.ports())) {
            errors.oneOf(ADDRESS_TYPE, updated.addressType(), ADDRESS_TYPES);
        } else {
            validateCreate(updated, errors);
        }
        errors.immutable(ADDRESS_TYPE, updated.addressType(), old.addressType());
    }

    private static void endpoints(EndpointSlice slice, FieldErrors errors) {
        if (slice.endpoints().size() > MAX_ENDPOINTS) {
            errors.tooMany(ENDPOINTS, slice.endpoints().size(), MAX_ENDPOINTS);
            return;
        }
        for (int i = 0; i < slice.endpoints().size(); i++) {
            endpoint(slice.endpoints().get(i), slice.addressType(), ENDPOINTS.index(i), errors);
        }
    }

    private static void endpoint(Endpoint endpoint, String type, FieldPath path, FieldErrors errors) {
        FieldPath addresses = path.child("addresses");
        if (endpoint.addresses().isEmpty()) {
            errors.required(addresses, "must contain at least 1 address");
        } else if (endpoint.addresses().size() > MAX_ADDRESSES) {
            errors.tooMany(addresses, endpoint.addresses().size(), MAX_ADDRESSES);
        }
        for (int i = 0; i < endpoint.addresses().size(); i++) {
            address(endpoint.addresses().get(i), type, addresses.index(i), errors);
        }
        if (endpoint.nodeName() != null) {
            errors.invalid(path.child("nodeName"), endpoint.nodeName(), Names.dnsSubdomain(endpoint.nodeName()));
        }
        FieldPath topology = path.child("deprecatedTopology");
        if (endpoint.deprecatedTopology().size() > MAX_TOPOLOGY) {
            errors.tooMany(topology, endpoint.deprecatedTopology().size(), MAX_TOPOLOGY);
        }
        MetadataRules.labels(endpoint.deprecatedTopology(), topology, errors);
        if (endpoint.hostname() != null) {
            errors.invalid(path.child("hostname"), endpoint.hostname(), Names.dnsLabel(endpoint.hostname()));
        }
        if (endpoint.hints() != null) {
            hints(endpoint.hints(), path.child("hints"), errors);
        }
    }

    private static void address(String address, String type, FieldPath path, FieldErrors errors) {
        switch (type) {
            case "IPv4" -> {
                if (!Addresses.isIp(address) || Addresses.isIpv6(address)) {
                    errors.invalid(path, address, "must be a valid IPv4 address");
                }
                SpecialAddresses.refuse(address, path, errors);
            }
            case "IPv6" -> {
                if (!Addresses.isIpv6(address)) {
                    errors.invalid(path, address, "must be a valid IPv6 address");
                }
                SpecialAddresses.refuse(address, path, errors);
            }
            case "FQDN" -> domain(address, path, errors);
            default -> {} // the type itself is reported
        }
    }

    private static void domain(String address, FieldPath path, FieldErrors errors) {
        if (address.isEmpty()) {
            errors.required(path);
            return;
        }
        String name = address.endsWith(".") ? address.substring(0, address.length() - 1) : address;
        List<String> wrong = Names.dnsSubdomain(name);
        if (!wrong.isEmpty()) {
            errors.invalid(path, name, String.join(",", wrong));
        } else if (name.indexOf('.') < 0) {
            errors.invalid(path, name, "should be a domain with at least two segments separated by dots");
        }
    }

    private static void hints(EndpointHints hints, FieldPath path, FieldErrors errors) {
        FieldPath zones = path.child("forZones");
        if (hints.forZones().size() > MAX_HINTS) {
            errors.tooMany(zones, hints.forZones().size(), MAX_HINTS);
            return;
        }
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < hints.forZones().size(); i++) {
            String zone = hints.forZones().get(i).name();
            FieldPath name = zones.index(i).child("name");
            if (!seen.add(zone)) {
                errors.duplicate(name, zone);
            }
            errors.invalid(name, zone, Names.labelValue(zone));
        }
        FieldPath nodes = path.child("forNodes");
        if (hints.forNodes().size() > MAX_HINTS) {
            errors.tooMany(nodes, hints.forNodes().size(), MAX_HINTS);
            return;
        }
        seen.clear();
        for (int i = 0; i < hints.forNodes().size(); i++) {
            String node = hints.forNodes().get(i).name();
            FieldPath name = nodes.index(i).child("name");
            if (!seen.add(node)) {
                errors.duplicate(name, node);
            }
            errors.invalid(name, node, Names.dnsSubdomain(node));
        }
    }

    private static void ports(List<EndpointPort> ports, FieldErrors errors) {
        if (ports.size() > MAX_PORTS) {
            errors.tooMany(PORTS, ports.size(), MAX_PORTS);
            return;
        }
        Set<String> names = new HashSet<>();
        for (int i = 0; i < ports.size(); i++) {
            EndpointPort port = ports.get(i);
            FieldPath path = PORTS.index(i);
            String name = Zero.text(port.name());
            if (!name.isEmpty()) {
                errors.invalid(path.child("name"), name, Names.dnsLabel(name));
            }
            if (!names.add(name)) {
                errors.duplicate(path.child("name"), name);
            }
            if (port.protocol() == null) {
                errors.required(path.child("protocol"));
            } else {
                errors.supported(path.child("protocol"), port.protocol(), EndpointsValidation.PROTOCOLS);
            }
            if (port.appProtocol() != null) {
                errors.invalid(path.child("appProtocol"), port.appProtocol(), Names.qualifiedName(port.appProtocol()));
            }
        }
    }
}
