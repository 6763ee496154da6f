package dev.orchestrator.runtime.network.proxy;

import java.net.InetSocketAddress;

import static java.util.Objects.requireNonNull;

/**
 * One place that a port may forward to, with the three conditions of an EndpointSlice.
 *
 * @param id the same for the whole life of the endpoint
 * @param address resolved
 * @param ready may receive new connections
 * @param serving would be ready if it were not terminating
 * @param terminating is being shut down
 */
public record Endpoint(EndpointId id, InetSocketAddress address, boolean ready, boolean serving, boolean terminating) {

    public Endpoint {
        requireNonNull(id, "id");
        if (address.isUnresolved()) {
            throw new IllegalArgumentException("endpoint " + id + ": address is not resolved: " + address);
        }
    }

    /** {@return an endpoint that takes new connections} */
    public static Endpoint ready(EndpointId id, InetSocketAddress address) {
        return new Endpoint(id, address, true, true, false);
    }

    /** {@return this endpoint while it fails its readiness probe} */
    public Endpoint asNotReady() {
        return new Endpoint(id, address, false, false, terminating);
    }

    /** {@return this endpoint while it shuts down, still serving if it was} */
    public Endpoint asTerminating() {
        return new Endpoint(id, address, false, serving, true);
    }

    boolean isLastResort() {
        return serving && terminating;
    }
}
