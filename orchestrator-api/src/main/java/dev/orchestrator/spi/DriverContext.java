package dev.orchestrator.spi;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;

import dev.orchestrator.api.TimeSource;

/** What the orchestrator lends a driver for its life. */
public interface DriverContext {

    /** {@return the name of the orchestrator, unique among those alive on this host; labels what the driver makes} */
    String owner();

    /**
     * {@return where all waits, delays and timestamps of the driver come from; a {@code sleep} inside a driver call
     * gives up the caller's piece of work for as long as it lasts}
     */
    TimeSource time();

    /** {@return how long {@link ContainerDriver#close()} may take} */
    Duration closeTimeout();

    /** {@return the range that cluster IPs are taken from, as address and number of leading bits} */
    default String serviceRange() {
        return "10.96.0.0/12";
    }

    /**
     * {@return the state that the orchestrator keeps beyond the life of its process; empty, as it is unless it keeps
     * one, if all that the driver makes ends with the process}
     */
    default Optional<DriverState> state() {
        return Optional.empty();
    }

    /**
     * {@return where this JVM reaches what a program inside a pod means by a host and port: a service name, a cluster
     * IP, a pod IP or the name of a StatefulSet pod; empty if nothing is known by that name}. Never blocks.
     *
     * @param namespace the namespace of the asking pod
     * @param host a name as the pod would write it, or an address
     */
    Optional<InetSocketAddress> resolve(String namespace, String host, int port, TransportProtocol protocol);
}
