package dev.orchestrator.runtime.handle;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

import dev.orchestrator.api.model.ObjectKey;
import dev.orchestrator.api.model.core.Pod;
import dev.orchestrator.api.model.core.ServicePort;

/** Where services are reached and what they know; given by the composition root. */
public interface ServiceAddresses {

    /**
     * {@return where a port of a service is reached from this JVM, opened now if need be; empty if it has no address}
     *
     * @throws IOException if the system has no port to give
     */
    Optional<InetSocketAddress> find(ObjectKey service, ServicePort port) throws IOException;

    /**
     * Waits until services send connections to those of the pods that are ready, and none to those being deleted.
     *
     * @param limit after which this returns anyway
     * @throws InterruptedException if interrupted while waiting
     */
    void awaitKnown(List<Pod> pods, Duration limit) throws InterruptedException;
}
