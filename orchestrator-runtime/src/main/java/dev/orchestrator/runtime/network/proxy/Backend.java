package dev.orchestrator.runtime.network.proxy;

import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.net.ProtocolFamily;
import java.net.StandardProtocolFamily;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Set;

/**
 * An endpoint with the sessions it carries; those are confined to the loop, its conditions to the lock of the table.
 */
final class Backend {
    private final Set<Session> sessions = new HashSet<>();
    private Endpoint endpoint;

    Backend(Endpoint endpoint) {
        this.endpoint = endpoint;
    }

    Endpoint endpoint() {
        return endpoint;
    }

    void update(Endpoint latest) {
        endpoint = latest;
    }

    InetSocketAddress address() {
        return endpoint.address();
    }

    ProtocolFamily family() {
        return familyOf(endpoint.address());
    }

    static ProtocolFamily familyOf(InetSocketAddress address) {
        return address.getAddress() instanceof Inet4Address
                ? StandardProtocolFamily.INET
                : StandardProtocolFamily.INET6;
    }

    void add(Session session) {
        sessions.add(session);
    }

    void remove(Session session) {
        sessions.remove(session);
    }

    int load() {
        return sessions.size();
    }

    void resetAll() {
        // A copy: each session removes itself as it ends.
        new ArrayList<>(sessions).forEach(Session::reset);
    }
}
