package dev.orchestrator.runtime.kubelet.probe;

import java.net.InetSocketAddress;

import org.jspecify.annotations.Nullable;

/**
 * Where a probe goes.
 *
 * @param host the host as the pod's network knows it, for messages and headers
 * @param port the port as the pod's network knows it
 * @param address where this JVM reaches it; null when nothing can be there
 */
public record ProbeTarget(String host, int port, @Nullable InetSocketAddress address) {

    /** {@return {@code host:port}} */
    @Override
    public String toString() {
        return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
    }
}
