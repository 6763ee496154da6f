package dev.orchestrator.runtime.admission.discovery;

import java.net.InetAddress;

import com.google.common.net.InetAddresses;
import dev.orchestrator.runtime.admission.field.Addresses;
import dev.orchestrator.runtime.admission.field.FieldErrors;
import dev.orchestrator.runtime.admission.field.FieldPath;

/** Refuses addresses that would point a service back at the node itself. */
final class SpecialAddresses {

    private static final byte LINK_LOCAL_SCOPE = 2;

    private SpecialAddresses() {}

    static void refuse(String ip, FieldPath path, FieldErrors errors) {
        if (!Addresses.isIp(ip)) {
            errors.invalid(path, ip, "must be a valid IP address");
            return;
        }
        InetAddress address = InetAddresses.forString(ip);
        if (address.isAnyLocalAddress()) {
            errors.invalid(path, ip, "may not be unspecified (0.0.0.0 or ::)");
        }
        if (address.isLoopbackAddress()) {
            errors.invalid(path, ip, "may not be in the loopback range (127.0.0.0/8, ::1/128)");
        }
        if (address.isLinkLocalAddress()) {
            errors.invalid(path, ip, "may not be in the link-local range (169.254.0.0/16, fe80::/10)");
        }
        if (isLinkLocalMulticast(address)) {
            errors.invalid(path, ip, "may not be in the link-local multicast range (224.0.0.0/24, ff02::/10)");
        }
    }

    private static boolean isLinkLocalMulticast(InetAddress address) {
        byte[] bytes = address.getAddress();
        return bytes.length == 4
                ? bytes[0] == (byte) 224 && bytes[1] == 0 && bytes[2] == 0
                : bytes[0] == (byte) 0xff && (bytes[1] & 0x0f) == LINK_LOCAL_SCOPE;
    }
}
