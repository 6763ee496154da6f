package dev.orchestrator.server;

import java.net.Inet6Address;
import java.net.InetAddress;

import com.google.common.net.InetAddresses;

/**
 * Writes addresses as certificates and URIs want them: without the scope, which means something on one machine only.
 */
final class AddressText {

    private AddressText() {}

    static String of(InetAddress address) {
        String text = InetAddresses.toAddrString(address);
        int scope = text.indexOf('%');
        return scope < 0 ? text : text.substring(0, scope);
    }

    static String inUri(InetAddress address) {
        return address instanceof Inet6Address ? "[" + of(address) + "]" : of(address);
    }
}
