package dev.orchestrator.server;

import java.net.InetAddress;
import java.net.UnknownHostException;

import static java.util.Objects.requireNonNull;

/**
 * Where a server listens, and whom it lets in.
 *
 * @param address an address of this machine; the wildcard address for all of them
 * @param port from 1 to 65535, or 0 for a free one
 * @param authentication whether clients have to show who they are
 * @param authorization what those may do who have
 */
public record ApiServerOptions(
        InetAddress address, int port, Authentication authentication, Authorization authorization) {

    private static final int LARGEST_PORT = 65_535;

    /** Whether clients have to show who they are. */
    public enum Authentication {
        /**
         * Clients show a token or a certificate. Those that show nothing are anonymous and may ask for health and
         * version; those that show something worthless are refused.
         */
        REQUIRED,
        /** Clients that show nothing are administrators; only on loopback. */
        NONE
    }

    /** What clients may do that have shown who they are. */
    public enum Authorization {
        /**
         * What roles and bindings allow, as in Kubernetes. Administrators may do everything; a cluster has the roles
         * that every cluster has, such as {@code view} and {@code edit}.
         */
        RBAC,
        /** Everything. */
        ALWAYS_ALLOW
    }

    /**
     * Checks the port, and that nothing is open to other machines.
     *
     * @throws IllegalArgumentException if the port is out of range, or no authentication is wanted elsewhere than on
     *     loopback
     */
    public ApiServerOptions {
        requireNonNull(address, "address is null");
        requireNonNull(authentication, "authentication is null");
        requireNonNull(authorization, "authorization is null");
        if (port < 0 || port > LARGEST_PORT) {
            throw new IllegalArgumentException(port + " is not between 0 and " + LARGEST_PORT);
        }
        if (authentication == Authentication.NONE && !address.isLoopbackAddress()) {
            throw new IllegalArgumentException("a server that can be reached at " + AddressText.of(address)
                    + " needs authentication: without it listen on loopback only");
        }
    }

    /** Where to listen; with authentication, and with the authorization of Kubernetes. */
    public ApiServerOptions(InetAddress address, int port) {
        this(address, port, Authentication.REQUIRED, Authorization.RBAC);
    }

    /** {@return a free port of the loopback interface, with authentication and the authorization of Kubernetes} */
    public static ApiServerOptions defaults() {
        return new ApiServerOptions(ipv4Loopback(), 0);
    }

    /** {@return the same options with or without authentication} */
    public ApiServerOptions with(Authentication wanted) {
        return new ApiServerOptions(address, port, wanted, authorization);
    }

    /** {@return the same options with another authorization} */
    public ApiServerOptions with(Authorization wanted) {
        return new ApiServerOptions(address, port, authentication, wanted);
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
