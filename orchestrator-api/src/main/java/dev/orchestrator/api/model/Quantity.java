package dev.orchestrator.api.model;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.Map;

import static java.util.Objects.requireNonNull;

/**
 * An amount of a resource, such as {@code 500m} CPU or {@code 64Mi} of memory, exact to a billionth.
 *
 * <p>Equal amounts are equal whatever their notation: {@code 1000m} equals {@code 1}. The notation decides only how
 * {@link #toString()} writes it. Source of the grammar and of the canonical form:
 * {@code k8s.io/apimachinery/pkg/api/resource.Quantity}.
 */
public final class Quantity implements Comparable<Quantity> {

    /** Nothing of a resource. */
    public static final Quantity ZERO = new Quantity(BigDecimal.ZERO, Notation.DECIMAL);

    private static final String GRAMMAR_TEXT =
            "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'";
    private static final BigDecimal MAX = new BigDecimal(Long.MAX_VALUE);
    private static final BigDecimal KIBI = new BigDecimal(1024);
    private static final int NANO = 9;
    private static final Map<String, Integer> DECIMAL_EXPONENTS =
            Map.of("n", -9, "u", -6, "m", -3, "", 0, "k", 3, "M", 6, "G", 9, "T", 12, "P", 15, "E", 18);
    private static final Map<String, Integer> BINARY_POWERS =
            Map.of("Ki", 1, "Mi", 2, "Gi", 3, "Ti", 4, "Pi", 5, "Ei", 6);
    private static final String[] BINARY_SUFFIXES = {"", "Ki", "Mi", "Gi", "Ti", "Pi", "Ei"};
    private static final String[] DECIMAL_SUFFIXES = {"n", "u", "m", "", "k", "M", "G", "T", "P", "E"};

    private enum Notation {
        DECIMAL,
        BINARY,
        EXPONENT
    }

    private final BigDecimal amount;
    private final Notation notation;

    private Quantity(BigDecimal amount, Notation notation) {
        this.amount = amount;
        this.notation = notation;
    }

    /** {@return a whole amount in decimal notation} */
    public static Quantity of(long amount) {
        return new Quantity(BigDecimal.valueOf(amount), Notation.DECIMAL);
    }

    /** {@return an amount given in thousandths, as CPU usually is} */
    public static Quantity ofMilli(long thousandths) {
        return new Quantity(BigDecimal.valueOf(thousandths, 3), Notation.DECIMAL);
    }

    /** {@return an amount of bytes, written with {@code Ki}, {@code Mi} and so on} */
    public static Quantity ofBytes(long bytes) {
        return new Quantity(BigDecimal.valueOf(bytes), Notation.BINARY);
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
        BigDecimal mantissa = new BigDecimal(new BigInteger(digits), fractionEnd - fractionStart);
        if (text.charAt(0) == '-') {
            mantissa = mantissa.negate();
        }
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

    private static Quantity scaled(BigDecimal mantissa, String suffix, String exponent) {
        Integer power = BINARY_POWERS.get(suffix);
        if (exponent.isEmpty() && power != null) {
            return limited(mantissa.multiply(KIBI.pow(power)), Notation.BINARY);
        }
        Integer decimal = DECIMAL_EXPONENTS.get(suffix);
        if (exponent.isEmpty() && decimal != null) {
            return limited(mantissa.scaleByPowerOfTen(decimal), Notation.DECIMAL);
        }
        if ((suffix.equals("e") || suffix.equals("E"))
                && exponent.length() <= 4
                && exponent.length() > signEnd(exponent, 0)) {
            return limited(mantissa.scaleByPowerOfTen(Integer.parseInt(exponent)), Notation.EXPONENT);
        }
        throw new IllegalArgumentException("unable to parse quantity's suffix");
    }

    private static Quantity limited(BigDecimal amount, Notation notation) {
        BigDecimal limited = amount.abs().compareTo(MAX) > 0 ? (amount.signum() < 0 ? MAX.negate() : MAX) : amount;
        if (limited.scale() > NANO) {
            limited = limited.setScale(NANO, RoundingMode.UP);
        }
        return new Quantity(limited, notation);
    }

    /** {@return the exact amount} */
    public BigDecimal amount() {
        return amount;
    }

    /** {@return the amount in whole units, rounded up} */
    public long ceiling() {
        return amount.setScale(0, RoundingMode.CEILING).min(MAX).longValue();
    }

    /** {@return the amount in thousandths, rounded up; the largest long if there are more} */
    public long milli() {
        return amount.movePointRight(3)
                .setScale(0, RoundingMode.CEILING)
                .min(MAX)
                .longValue();
    }

    /** {@return the sum, in this quantity's notation unless this is zero} */
    public Quantity plus(Quantity other) {
        return limited(amount.add(other.amount), amount.signum() == 0 ? other.notation : notation);
    }

    /** {@return the difference, which may be negative, in this quantity's notation} */
    public Quantity minus(Quantity other) {
        return limited(amount.subtract(other.amount), notation);
    }

    /** {@return -1, 0 or 1 as the amount is less than, equal to or more than zero} */
    public int signum() {
        return amount.signum();
    }

    @Override
    public int compareTo(Quantity other) {
        return amount.compareTo(other.amount);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Quantity that && amount.compareTo(that.amount) == 0;
    }

    @Override
    public int hashCode() {
        return amount.stripTrailingZeros().hashCode();
    }

    /** {@return the canonical form: no fraction, the largest suffix that loses nothing} */
    @Override
    public String toString() {
        if (amount.signum() == 0) {
            return "0";
        }
        // Below 1024 a binary suffix could only lose precision, so Kubernetes writes such amounts in decimal.
        if (notation == Notation.BINARY && amount.abs().compareTo(KIBI) >= 0) {
            return binary(amount.setScale(0, RoundingMode.UP).toBigIntegerExact());
        }
        return decimal(amount.stripTrailingZeros());
    }

    private static String binary(BigInteger amount) {
        BigInteger rest = amount;
        int power = 0;
        BigInteger kibi = BigInteger.valueOf(1024);
        while (power < BINARY_SUFFIXES.length - 1 && rest.mod(kibi).signum() == 0) {
            rest = rest.divide(kibi);
            power++;
        }
        return rest + BINARY_SUFFIXES[power];
    }

    private String decimal(BigDecimal stripped) {
        // The exponent is the largest multiple of three that leaves a whole mantissa: 1.5 is 1500 x 10^-3.
        int exponent = Math.floorDiv(-stripped.scale(), 3) * 3;
        BigInteger mantissa = stripped.scaleByPowerOfTen(-exponent).toBigIntegerExact();
        if (notation == Notation.EXPONENT) {
            return exponent == 0 ? mantissa.toString() : mantissa + "e" + exponent;
        }
        int index = Math.min(exponent / 3 + 3, DECIMAL_SUFFIXES.length - 1);
        BigInteger shown = mantissa.multiply(BigInteger.TEN.pow(exponent - (index - 3) * 3));
        return shown + DECIMAL_SUFFIXES[index];
    }
}
