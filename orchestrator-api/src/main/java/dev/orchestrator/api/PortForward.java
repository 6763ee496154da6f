package dev.orchestrator.api;

import java.net.InetSocketAddress;

/** A port of this machine that leads to a pod. */
public interface PortForward extends AutoCloseable {

    /** {@return where it listens} */
    InetSocketAddress address();

    /** Stops listening and closes the connections that were passed on. */
    @Override
    void close();
}
