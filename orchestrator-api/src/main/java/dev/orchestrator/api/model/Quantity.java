package dev.orchestrator.api.model;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Map;

import static java.util.Objects.requireNonNull;

/**
 * An amount of a resource, such as {@code 500m} CPU or {@code 64Mi} of memory, exact to a billionth.
 *
 * <p>Equal amounts are equal whatever their notation: {@code 1000m} equals {@code 1}. The notation decides only how
 * {@link #toString()} writes it. No amount is larger than the largest long. Source of the grammar and of the canonical
 * form: {@code k8s.io/apimachinery/pkg/api/resource.Quantity}.
 */
public final class Quantity implements Comparable<Quantity> {

    private static final String GRAMMAR_TEXT =
            "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'";
    private static final int NANO = 9;
    private static final int NANOS = 1_000_000_000;
    private static final int NANOS_A_MILLI = 1_000_000;
    private static final long KIBI = 1024;
    private static final Map<String, Integer> DECIMAL_EXPONENTS =
            Map.of("n", -9, "u", -6, "m", -3, "", 0, "k", 3, "M", 6, "G", 9, "T", 12, "P", 15, "E", 18);
    private static final Map<String, Integer> BINARY_POWERS =
            Map.of("Ki", 1, "Mi", 2, "Gi", 3, "Ti", 4, "Pi", 5, "Ei", 6);
    private static final String[] BINARY_SUFFIXES = {"", "Ki", "Mi", "Gi", "Ti", "Pi", "Ei"};
    private static final String[] DECIMAL_SUFFIXES = {"n", "u", "m", "", "k", "M", "G", "T", "P", "E"};
    private static final long[] TENS = tens();

    private enum Notation {
        DECIMAL,
        BINARY,
        EXPONENT
    }

    /** Nothing of a resource. */
    public static final Quantity ZERO = new Quantity(0, 0, Notation.DECIMAL);

    // The amount is units + nanos / 10^9, also when it is negative: -0.5 is -1 and 500,000,000.
    private final long units;
    private final int nanos;
    private final Notation notation;

    private Quantity(long units, int nanos, Notation notation) {
        this.units = units;
        this.nanos = nanos;
        this.notation = notation;
    }

    private static long[] tens() {
        long[] tens = new long[19];
        tens[0] = 1;
        for (int i = 1; i < tens.length; i++) {
            tens[i] = tens[i - 1] * 10;
        }
        return tens;
    }

    /** {@return a whole amount in decimal notation} */
    public static Quantity of(long amount) {
        return limited(amount, 0, Notation.DECIMAL);
    }

    /** {@return an amount given in thousandths, as CPU usually is} */
    public static Quantity ofMilli(long thousandths) {
        return new Quantity(
                Math.floorDiv(thousandths, 1000L), Math.floorMod(thousandths, 1000) * NANOS_A_MILLI, Notation.DECIMAL);
    }

    /** {@return an amount of bytes, written with {@code Ki}, {@code Mi} and so on} */
    public static Quantity ofBytes(long bytes) {
        return limited(bytes, 0, Notation.BINARY);
    }

    private static Quantity limited(long units, int nanos, Notation notation) {
        boolean isTooMuch = units == Long.MAX_VALUE && nanos > 0;
        boolean isTooLittle = units == Long.MIN_VALUE;
        return isTooMuch || isTooLittle ? most(isTooLittle, notation) : new Quantity(units, nanos, notation);
    }

    private static Quantity most(boolean isNegative, Notation notation) {
        return new Quantity(isNegative ? -Long.MAX_VALUE : Long.MAX_VALUE, 0, notation);
    }

    /**
     * {@return the amount that a text names}
     *
     * @throws IllegalArgumentException if the text is not a quantity; the message is Kubernetes'
     */
    public static Quantity parse(String text) {
        int start = signEnd(requireNonNull(text, "text is null"), 0);
        int point = digitsEnd(text, start);
        boolean hasFraction = point < text.length() && text.charAt(point) == '.';
        int fractionStart = hasFraction ? point + 1 : point;
        int fractionEnd = digitsEnd(text, fractionStart);
        int suffixEnd = lettersEnd(text, fractionEnd);
        String digits = text.substring(start, point) + text.substring(fractionStart, fractionEnd);
        if (digits.isEmpty() || digitsEnd(text, signEnd(text, suffixEnd)) != text.length()) {
            throw new IllegalArgumentException(GRAMMAR_TEXT);
        }
        var mantissa = new Mantissa(digits, fractionEnd - fractionStart, text.charAt(0) == '-');
        return scaled(mantissa, text.substring(fractionEnd, suffixEnd), text.substring(suffixEnd));
    }

    private static int signEnd(String text, int from) {
        boolean isSign = from < text.length() && (text.charAt(from) == '+' || text.charAt(from) == '-');
        return isSign ? from + 1 : from;
    }

    private static int digitsEnd(String text, int from) {
        int end = from;
        while (end < text.length() && text.charAt(end) >= '0' && text.charAt(end) <= '9') {
            end++;
        }
        return end;
    }

    private static int lettersEnd(String text, int from) {
        int end = from;
        while (end < text.length() && isLetter(text.charAt(end))) {
            end++;
        }
        return end;
    }

    private static boolean isLetter(char character) {
        return (character >= 'a' && character <= 'z') || (character >= 'A' && character <= 'Z');
    }

    private static Quantity scaled(Mantissa mantissa, String suffix, String exponent) {
        Integer power = BINARY_POWERS.get(suffix);
        if (exponent.isEmpty() && power != null) {
            return mantissa.scaled(1L << (10 * power), 0, Notation.BINARY);
        }
        Integer decimal = DECIMAL_EXPONENTS.get(suffix);
        if (exponent.isEmpty() && decimal != null) {
            return mantissa.scaled(1, decimal, Notation.DECIMAL);
        }
        if ((suffix.equals("e") || suffix.equals("E"))
                && exponent.length() <= 4
                && exponent.length() > signEnd(exponent, 0)) {
            return mantissa.scaled(1, Integer.parseInt(exponent), Notation.EXPONENT);
        }
        throw new IllegalArgumentException("unable to parse quantity's suffix");
    }

    /**
     * The number of a text before its suffix.
     *
     * @param digits all its digits
     * @param scale how many of them stand behind the point
     */
    private record Mantissa(String digits, int scale, boolean isNegative) {

        Quantity scaled(long factor, int exponent, Notation notation) {
            int places = scale - exponent;
            if (digits.length() >= TENS.length || places >= TENS.length) {
                return exactly(factor, exponent, notation);
            }
            long number = Long.parseLong(digits);
            long high = Math.multiplyHigh(number, factor);
            long product = number * factor;
            if (high != 0 || product < 0 || -places >= TENS.length) {
                return exactly(factor, exponent, notation);
            }
            if (places <= 0) {
                boolean isTooMuch = product > Long.MAX_VALUE / TENS[-places];
                long units = isTooMuch ? Long.MAX_VALUE : product * TENS[-places];
                return new Quantity(isNegative ? -units : units, 0, notation);
            }
            long rest = product % TENS[places];
            long nanos = places <= NANO ? rest * TENS[NANO - places] : Math.ceilDiv(rest, TENS[places - NANO]);
            return signed(product / TENS[places], nanos, notation);
        }

        /** Rare amounts: of more digits than a long has. */
        private Quantity exactly(long factor, int exponent, Notation notation) {
            BigDecimal amount =
                    new BigDecimal(digits).scaleByPowerOfTen(exponent - scale).multiply(BigDecimal.valueOf(factor));
            if (amount.compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) >= 0) {
                return most(isNegative, notation);
            }
            BigDecimal rounded = amount.setScale(NANO, RoundingMode.UP);
            long whole = rounded.longValue();
            long nanos = rounded.subtract(BigDecimal.valueOf(whole))
                    .movePointRight(NANO)
                    .longValueExact();
            return signed(whole, nanos, notation);
        }

        private Quantity signed(long whole, long nanos, Notation notation) {
            long units = whole + nanos / NANOS;
            int fraction = (int) (nanos % NANOS);
            if (!isNegative) {
                return limited(units, fraction, notation);
            }
            return fraction == 0 ? new Quantity(-units, 0, notation) : limited(-units - 1, NANOS - fraction, notation);
        }
    }

    /** {@return the exact amount, without zeros at its end} */
    public BigDecimal amount() {
        return nanos == 0
                ? BigDecimal.valueOf(units)
                : BigDecimal.valueOf(units).add(BigDecimal.valueOf(nanos, NANO)).stripTrailingZeros();
    }

    /** {@return the amount in whole units, rounded up} */
    public long ceiling() {
        return nanos == 0 ? units : units + 1;
    }

    /** {@return the amount in thousandths, rounded up; the largest or smallest long if there are more} */
    public long milli() {
        long thousandths = units * 1000;
        if (Math.multiplyHigh(units, 1000) != thousandths >> 63) {
            return units < 0 ? Long.MIN_VALUE : Long.MAX_VALUE;
        }
        long more = Math.ceilDiv(nanos, NANOS_A_MILLI);
        return thousandths > Long.MAX_VALUE - more ? Long.MAX_VALUE : thousandths + more;
    }

    /** {@return whether there is no fraction} */
    public boolean isWhole() {
        return nanos == 0;
    }

    /** {@return this amount rounded up to thousandths, in decimal notation if it had to be rounded} */
    public Quantity roundedUpToMilli() {
        if (nanos % NANOS_A_MILLI == 0) {
            return this;
        }
        int thousandths = Math.ceilDiv(nanos, NANOS_A_MILLI);
        return limited(units + thousandths / 1000, thousandths % 1000 * NANOS_A_MILLI, Notation.DECIMAL);
    }

    /** {@return the sum, in this quantity's notation unless this is zero} */
    public Quantity plus(Quantity other) {
        return sum(other.units, other.nanos, signum() == 0 ? other.notation : notation);
    }

    /** {@return the difference, which may be negative, in this quantity's notation} */
    public Quantity minus(Quantity other) {
        return other.nanos == 0 ? sum(-other.units, 0, notation) : sum(-other.units - 1, NANOS - other.nanos, notation);
    }

    private Quantity sum(long otherUnits, int otherNanos, Notation written) {
        int fraction = nanos + otherNanos;
        int carry = fraction / NANOS;
        long sum = units + otherUnits;
        // Both of one sign and the sum of the other: more than a long holds.
        if (((units ^ sum) & (otherUnits ^ sum)) < 0) {
            return most(units < 0, written);
        }
        return sum == Long.MAX_VALUE && carry > 0
                ? most(false, written)
                : limited(sum + carry, fraction % NANOS, written);
    }

    /** {@return -1, 0 or 1 as the amount is less than, equal to or more than zero} */
    public int signum() {
        return units == 0 && nanos > 0 ? 1 : Long.signum(units);
    }

    @Override
    public int compareTo(Quantity other) {
        int order = Long.compare(units, other.units);
        return order == 0 ? Integer.compare(nanos, other.nanos) : order;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Quantity that && units == that.units && nanos == that.nanos;
    }

    @Override
    public int hashCode() {
        return Long.hashCode(units) * 31 + nanos;
    }

    /** {@return the canonical form: no fraction, the largest suffix that loses nothing} */
    @Override
    public String toString() {
        int sign = signum();
        if (sign == 0) {
            return "0";
        }
        boolean isComplement = sign < 0 && nanos > 0;
        long whole = Math.abs(isComplement ? units + 1 : units);
        int fraction = isComplement ? NANOS - nanos : nanos;
        // Below 1024 a binary suffix could only lose precision, so Kubernetes writes such amounts in decimal.
        String text = notation == Notation.BINARY && whole >= KIBI
                ? binary(fraction == 0 ? whole : whole + 1)
                : decimal(whole, fraction);
        return sign < 0 ? "-" + text : text;
    }

    private static String binary(long amount) {
        long rest = amount;
        int power = 0;
        while (power < BINARY_SUFFIXES.length - 1 && rest % KIBI == 0) {
            rest /= KIBI;
            power++;
        }
        return rest + BINARY_SUFFIXES[power];
    }

    private String decimal(long whole, int fraction) {
        // The exponent is the largest multiple of three that leaves a whole mantissa: 1.5 is 1500 x 10^-3.
        int exponent = fraction == 0 ? 0 : -NANO;
        long mantissa = fraction == 0 ? whole : fraction;
        while (mantissa % 1000 == 0) {
            mantissa /= 1000;
            exponent += 3;
        }
        String digits = String.valueOf(mantissa);
        if (fraction != 0 && whole != 0) {
            digits = whole + "0".repeat(-exponent - digits.length()) + digits;
        }
        if (notation == Notation.EXPONENT) {
            return exponent == 0 ? digits : digits + "e" + exponent;
        }
        return digits + DECIMAL_SUFFIXES[exponent / 3 + 3];
    }
}
