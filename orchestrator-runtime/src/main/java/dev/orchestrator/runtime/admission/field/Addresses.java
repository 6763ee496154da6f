package dev.orchestrator.runtime.admission.field;

import java.util.List;

import com.google.common.net.InetAddresses;

/** The grammars of IP addresses and address ranges. */
public final class Addresses {

    private static final String NOT_AN_IP = "must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)";
    private static final String NOT_A_RANGE = "must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)";

    private Addresses() {}

    /** {@return whether a text is an IP address} */
    public static boolean isIp(String value) {
        return value.indexOf('%') < 0 && InetAddresses.isInetAddress(value);
    }

    /** {@return whether an IP address is of version 6} */
    public static boolean isIpv6(String value) {
        return isIp(value) && value.indexOf(':') >= 0;
    }

    /** {@return what is wrong with an IP address} */
    public static List<String> ip(String value) {
        return isIp(value) ? List.of() : List.of(NOT_AN_IP);
    }

    /** {@return what is wrong with an address range such as {@code 10.0.0.0/8}} */
    public static List<String> range(String value) {
        int slash = value.indexOf('/');
        if (slash < 0 || !isIp(value.substring(0, slash))) {
            return List.of(NOT_A_RANGE);
        }
        String bits = value.substring(slash + 1);
        int most = isIpv6(value.substring(0, slash)) ? 128 : 32;
        boolean number = !bits.isEmpty()
                && bits.length() <= 3
                && bits.chars().allMatch(c -> c >= '0' && c <= '9')
                && (bits.length() == 1 || bits.charAt(0) != '0');
        return number && Integer.parseInt(bits) <= most ? List.of() : List.of(NOT_A_RANGE);
    }
}
