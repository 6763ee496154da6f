package dev.orchestrator.runtime.admission.discovery;

import java.util.List;

import dev.orchestrator.api.model.core.EndpointSubset;
import dev.orchestrator.api.model.core.Endpoints;
import dev.orchestrator.api.model.discovery.EndpointPort;
import dev.orchestrator.api.model.discovery.EndpointSlice;
import dev.orchestrator.api.model.discovery.EndpointSliceBuilder;

import static dev.orchestrator.runtime.admission.kind.Identity.mapped;
import static dev.orchestrator.runtime.admission.kind.Identity.same;

/** Fills in the protocol of ports, and the empty name of a slice's ports. */
final class EndpointDefaults {

    private static final String TCP = "TCP";

    private EndpointDefaults() {}

    static Endpoints withDefaults(Endpoints endpoints) {
        List<EndpointSubset> subsets = mapped(endpoints.subsets(), EndpointDefaults::subset);
        return same(subsets, endpoints.subsets()) ? endpoints : new Endpoints(endpoints.metadata(), subsets);
    }

    private static EndpointSubset subset(EndpointSubset subset) {
        var ports = mapped(
                subset.ports(),
                port -> port.protocol() == null
                        ? new dev.orchestrator.api.model.core.EndpointPort(
                                port.appProtocol(), port.name(), port.port(), TCP)
                        : port);
        return same(ports, subset.ports())
                ? subset
                : new EndpointSubset(subset.addresses(), subset.notReadyAddresses(), ports);
    }

    static EndpointSlice withDefaults(EndpointSlice slice) {
        List<EndpointPort> ports = mapped(slice.ports(), EndpointDefaults::port);
        return same(ports, slice.ports())
                ? slice
                : EndpointSliceBuilder.builder(slice).ports(ports).build();
    }

    private static EndpointPort port(EndpointPort port) {
        if (port.name() != null && port.protocol() != null) {
            return port;
        }
        return new EndpointPort(
                port.appProtocol(),
                port.name() == null ? "" : port.name(),
                port.port(),
                port.protocol() == null ? TCP : port.protocol());
    }
}
