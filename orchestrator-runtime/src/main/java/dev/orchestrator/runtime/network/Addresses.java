package dev.orchestrator.runtime.network;

import java.net.InetAddress;

import com.google.common.net.InetAddresses;
import com.google.common.primitives.Ints;

/** The address ranges that exist only as values: no socket has such an address. */
final class Addresses {

    /** Where every socket of the proxy listens: IPv4 always, whatever the system prefers. */
    static final InetAddress LOOPBACK = InetAddresses.forString("127.0.0.1");

    private static final String PREFIX = "10.";
    private static final int FIRST = 244;

    private Addresses() {}

    /**
     * {@return whether an address is one of a pod, 10.244.0.0 to 10.255.255.255, and so means nothing to the system}
     */
    static boolean isVirtual(String ip) {
        int dot = ip.indexOf('.', PREFIX.length());
        if (!ip.startsWith(PREFIX) || dot < 0) {
            return false;
        }
        Integer second = Ints.tryParse(ip.substring(PREFIX.length(), dot));
        return second != null && second >= FIRST;
    }
}
