package dev.orchestrator.docker;

import java.util.Optional;

import org.jspecify.annotations.Nullable;

/**
 * A range of IPv4 addresses.
 *
 * @param base its first address
 * @param prefix how many leading bits all its addresses share
 */
record Subnet(int base, int prefix) {

    private static final int BITS = 32;

    /** {@return the subnet that a text such as {@code 10.0.0.0/8} names; empty for anything else} */
    static Optional<Subnet> of(@Nullable String text) {
        if (text == null || !text.matches("\\d{1,3}(\\.\\d{1,3}){3}/\\d{1,2}")) {
            return Optional.empty();
        }
        String[] parts = text.split("[./]", -1);
        int base = 0;
        for (int i = 0; i < 4; i++) {
            base = base << 8 | Integer.parseInt(parts[i]);
        }
        int prefix = Math.min(BITS, Integer.parseInt(parts[4]));
        return Optional.of(new Subnet(base & mask(prefix), prefix));
    }

    /** {@return the destination of a line of {@code /proc/net/route}; empty for the default route} */
    static Optional<Subnet> ofRoute(String line) {
        String[] fields = line.strip().split("\\s+", -1);
        if (fields.length < 8 || !fields[1].matches("[0-9A-Fa-f]{8}") || !fields[7].matches("[0-9A-Fa-f]{8}")) {
            return Optional.empty();
        }
        int base = Integer.reverseBytes(Integer.parseUnsignedInt(fields[1], 16));
        int prefix = Integer.bitCount(Integer.parseUnsignedInt(fields[7], 16));
        return prefix == 0 ? Optional.empty() : Optional.of(new Subnet(base, prefix));
    }

    private static int mask(int prefix) {
        return prefix == 0 ? 0 : -1 << (BITS - prefix);
    }

    boolean overlaps(Subnet other) {
        int shared = mask(Math.min(prefix, other.prefix));
        return prefix > 0 && other.prefix > 0 && (base & shared) == (other.base & shared);
    }

    /** {@return its first usable address, which the engine gives to the host} */
    String gateway() {
        return dotted(base + 1);
    }

    /** {@return its last address but one, which no host of it has by itself} */
    String services() {
        return dotted((base | ~mask(prefix)) - 1);
    }

    private static String dotted(int address) {
        return (address >>> 24) + "." + (address >>> 16 & 0xff) + "." + (address >>> 8 & 0xff) + "." + (address & 0xff);
    }

    @Override
    public String toString() {
        return dotted(base) + "/" + prefix;
    }
}
