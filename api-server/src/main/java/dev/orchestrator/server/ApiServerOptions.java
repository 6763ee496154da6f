package dev.orchestrator.server;

import java.net.InetAddress;
import java.net.UnknownHostException;

import static java.util.Objects.requireNonNull;

/**
 * Where a server listens. Whatever the address, every request but those for health and version needs the token.
 *
 * @param address an address of this machine; the wildcard address for all of them
 * @param port from 1 to 65535, or 0 for a free one
 */
public record ApiServerOptions(InetAddress address, int port) {

    private static final int LARGEST_PORT = 65_535;

    /**
     * Checks the port.
     *
     * @throws IllegalArgumentException if the port is out of range
     */
    public ApiServerOptions {
        requireNonNull(address, "address is null");
        if (port < 0 || port > LARGEST_PORT) {
            throw new IllegalArgumentException(port + " is not between 0 and " + LARGEST_PORT);
        }
    }

    /** {@return a free port of the loopback interface} */
    public static ApiServerOptions defaults() {
        return new ApiServerOptions(ipv4Loopback(), 0);
    }

    /** Not whatever the JVM prefers: clients expect the IPv4 address. */
    static InetAddress ipv4Loopback() {
        try {
            return InetAddress.getByAddress("localhost", new byte[] {127, 0, 0, 1});
        } catch (UnknownHostException impossible) {
            throw new IllegalStateException("127.0.0.1 is not an address", impossible);
        }
    }
}
