package dev.orchestrator.runtime.network;

import java.net.InetSocketAddress;
import java.util.Optional;

import dev.orchestrator.spi.TransportProtocol;

/** Knows where this JVM reaches a port of a pod; asked on hot paths, so it never blocks. */
@FunctionalInterface
public interface PodAddresses {

    /** {@return the address for a port of the pod that has this IP; empty if no running pod has it} */
    Optional<InetSocketAddress> find(String podIp, int port, TransportProtocol protocol);
}
