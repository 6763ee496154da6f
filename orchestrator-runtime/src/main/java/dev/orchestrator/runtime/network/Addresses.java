package dev.orchestrator.runtime.network;

import java.net.InetAddress;

import com.google.common.net.InetAddresses;

/** The address ranges that exist only as values: no socket has such an address. */
final class Addresses {

    /** Where every socket of the proxy listens: IPv4 always, whatever the system prefers. */
    static final InetAddress LOOPBACK = InetAddresses.forString("127.0.0.1");

    private static final String POD_PREFIX = "10.244.";

    private Addresses() {}

    /** {@return whether an address is one of a pod and so means nothing to the operating system} */
    static boolean isVirtual(String ip) {
        return ip.startsWith(POD_PREFIX);
    }
}
