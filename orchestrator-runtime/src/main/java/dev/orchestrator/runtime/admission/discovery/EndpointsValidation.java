package dev.orchestrator.runtime.admission.discovery;

import java.util.List;

import dev.orchestrator.api.model.core.EndpointAddress;
import dev.orchestrator.api.model.core.EndpointPort;
import dev.orchestrator.api.model.core.EndpointSubset;
import dev.orchestrator.api.model.core.Endpoints;
import dev.orchestrator.runtime.admission.field.Addresses;
import dev.orchestrator.runtime.admission.field.FieldErrors;
import dev.orchestrator.runtime.admission.field.FieldPath;
import dev.orchestrator.runtime.admission.field.Names;
import dev.orchestrator.runtime.admission.field.Zero;
import dev.orchestrator.runtime.admission.kind.Validator;

import static dev.orchestrator.runtime.admission.kind.Identity.same;

/** The rules of endpoints. */
final class EndpointsValidation implements Validator<Endpoints> {

    static final List<String> PROTOCOLS = List.of("SCTP", "TCP", "UDP");

    @Override
    public void validateCreate(Endpoints endpoints, FieldErrors errors) {
        FieldPath path = FieldPath.of("subsets");
        for (int i = 0; i < endpoints.subsets().size(); i++) {
            subset(endpoints.subsets().get(i), path.index(i), errors);
        }
    }

    @Override
    public void validateUpdate(Endpoints old, Endpoints updated, FieldErrors errors) {
        if (!same(old.subsets(), updated.subsets())) {
            validateCreate(updated, errors);
        }
    }

    private static void subset(EndpointSubset subset, FieldPath path, FieldErrors errors) {
        if (subset.addresses().isEmpty() && subset.notReadyAddresses().isEmpty()) {
            errors.required(path, "must specify `addresses` or `notReadyAddresses`");
        }
        addresses(subset.addresses(), path.child("addresses"), errors);
        addresses(subset.notReadyAddresses(), path.child("notReadyAddresses"), errors);
        for (int i = 0; i < subset.ports().size(); i++) {
            port(
                    subset.ports().get(i),
                    subset.ports().size() > 1,
                    path.child("ports").index(i),
                    errors);
        }
    }

    private static void addresses(List<EndpointAddress> addresses, FieldPath path, FieldErrors errors) {
        for (int i = 0; i < addresses.size(); i++) {
            address(addresses.get(i), path.index(i), errors);
        }
    }

    private static void address(EndpointAddress address, FieldPath path, FieldErrors errors) {
        errors.invalid(path.child("ip"), address.ip(), Addresses.ip(address.ip()));
        label(Zero.text(address.hostname()), path.child("hostname"), errors);
        if (address.nodeName() != null) {
            errors.invalid(path.child("nodeName"), address.nodeName(), Names.dnsSubdomain(address.nodeName()));
        }
        SpecialAddresses.refuse(address.ip(), path.child("ip"), errors);
    }

    private static void port(EndpointPort port, boolean named, FieldPath path, FieldErrors errors) {
        String name = Zero.text(port.name());
        if (named && name.isEmpty()) {
            errors.required(path.child("name"));
        }
        label(name, path.child("name"), errors);
        errors.invalid(path.child("port"), port.port(), Names.portNumber(port.port()));
        errors.oneOf(path.child("protocol"), port.protocol(), PROTOCOLS);
        if (port.appProtocol() != null) {
            errors.invalid(path.child("appProtocol"), port.appProtocol(), Names.qualifiedName(port.appProtocol()));
        }
    }

    private static void label(String text, FieldPath path, FieldErrors errors) {
        if (!text.isEmpty()) {
            errors.invalid(path, text, Names.dnsLabel(text));
        }
    }
}
