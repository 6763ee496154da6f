package dev.orchestrator.runtime.scheduler.framework;

import org.jspecify.annotations.Nullable;

/**
 * A port of a node that a pod occupies.
 *
 * @param ip the address of the node, {@code 0.0.0.0} for all
 * @param protocol {@code TCP}, {@code UDP} or {@code SCTP}
 * @param port the number
 */
public record HostPort(String ip, String protocol, int port) {

    private static final String ANY = "0.0.0.0";

    /** {@return a host port with Kubernetes' defaults for what is absent} */
    public static HostPort of(@Nullable String ip, @Nullable String protocol, int port) {
        return new HostPort(
                ip == null || ip.isEmpty() ? ANY : ip, protocol == null || protocol.isEmpty() ? "TCP" : protocol, port);
    }

    /** {@return whether both cannot be open on one node} */
    public boolean conflictsWith(HostPort other) {
        return port == other.port
                && protocol.equals(other.protocol)
                && (ip.equals(other.ip) || ip.equals(ANY) || other.ip.equals(ANY));
    }
}
