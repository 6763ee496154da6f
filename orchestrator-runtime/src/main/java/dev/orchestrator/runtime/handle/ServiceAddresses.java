package dev.orchestrator.runtime.handle;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Optional;

import dev.orchestrator.api.model.ObjectKey;
import dev.orchestrator.api.model.core.ServicePort;

/** Where services are reached; given by the composition root. */
@FunctionalInterface
public interface ServiceAddresses {

    /**
     * {@return where a port of a service is reached from this JVM, opened now if need be; empty if it has no address}
     *
     * @throws IOException if the system has no port to give
     */
    Optional<InetSocketAddress> find(ObjectKey service, ServicePort port) throws IOException;
}
