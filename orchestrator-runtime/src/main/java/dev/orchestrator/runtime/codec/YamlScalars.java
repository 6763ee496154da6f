package dev.orchestrator.runtime.codec;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * What a plain YAML scalar means to Kubernetes' YAML library: YAML 1.1 truth values ({@code yes}, {@code off}),
 * {@code 0644} in base eight, no base sixty, timestamps as text.
 *
 * <p>Source of the rule: {@code resolve.go} of {@code sigs.k8s.io/yaml/goyaml.v2}.
 */
final class YamlScalars {

    private static final Pattern FLOAT = Pattern.compile("[-+]?(\\.[0-9]+|[0-9]+(\\.[0-9]*)?)([eE][-+]?[0-9]+)?");
    private static final Pattern INTEGER =
            Pattern.compile("[-+]?(0[xX][0-9a-fA-F]+|0[bB][01]+|0[oO][0-7]+|0[0-7]*|[1-9][0-9]*)");
    private static final BigDecimal WHOLE_LIMIT = new BigDecimal("1e21");
    private static final Map<String, Object> WORDS = words();

    private YamlScalars() {}

    private static Map<String, Object> words() {
        var words = new HashMap<String, Object>();
        for (String word : new String[] {"y", "yes", "true", "on"}) {
            addCases(words, word, true);
        }
        for (String word : new String[] {"n", "no", "false", "off"}) {
            addCases(words, word, false);
        }
        addCases(words, "null", JsonNull.NULL);
        words.put("~", JsonNull.NULL);
        words.put("", JsonNull.NULL);
        return words;
    }

    private static void addCases(Map<String, Object> words, String word, Object meaning) {
        String upper = word.toUpperCase(Locale.ROOT);
        words.put(word, meaning);
        words.put(upper, meaning);
        words.put(upper.charAt(0) + word.substring(1), meaning);
    }

    /** {@return what an unquoted scalar stands for} */
    static Object resolve(String text) {
        Object word = WORDS.get(text);
        if (word != null) {
            return word;
        }
        char first = text.charAt(0);
        if (first == '.' || first == '+' || first == '-' || (first >= '0' && first <= '9')) {
            Object number = number(text);
            return number == null ? text : number;
        }
        return text;
    }

    private static @Nullable Object number(String text) {
        String plain = text.replace("_", "");
        if (INTEGER.matcher(plain).matches()) {
            BigInteger integer = integer(plain);
            return integer.bitLength() < Long.SIZE ? (Object) integer.longValue() : integer;
        }
        if (FLOAT.matcher(plain).matches()) {
            return decimal(new BigDecimal(plain.endsWith(".") ? plain + "0" : plain));
        }
        return null;
    }

    // A float that is whole turns into an integer on its way through JSON: 1.0 is 1.
    private static Number decimal(BigDecimal value) {
        boolean whole = value.stripTrailingZeros().scale() <= 0 && value.abs().compareTo(WHOLE_LIMIT) < 0;
        if (!whole) {
            return value.doubleValue();
        }
        BigInteger integer = value.toBigInteger();
        if (integer.bitLength() < Long.SIZE) {
            return integer.longValue();
        }
        return integer;
    }

    private static BigInteger integer(String plain) {
        boolean negative = plain.startsWith("-");
        String digits = negative || plain.startsWith("+") ? plain.substring(1) : plain;
        BigInteger magnitude = magnitude(digits.toLowerCase(Locale.ROOT));
        return negative ? magnitude.negate() : magnitude;
    }

    private static BigInteger magnitude(String digits) {
        if (digits.startsWith("0x")) {
            return new BigInteger(digits.substring(2), 16);
        }
        if (digits.startsWith("0b")) {
            return new BigInteger(digits.substring(2), 2);
        }
        if (digits.startsWith("0o")) {
            return new BigInteger(digits.substring(2), 8);
        }
        return digits.length() > 1 && digits.startsWith("0") ? new BigInteger(digits, 8) : new BigInteger(digits, 10);
    }

    /** {@return whether a text must be quoted so that it is read as a text again} */
    static boolean readsAsOtherThanText(String text) {
        return !(resolve(text) instanceof String);
    }

    /** {@return a number as JSON writes it} */
    static String numberText(Number number) {
        if (number instanceof Double decimal && decimal == Math.rint(decimal) && Math.abs(decimal) < 1e15) {
            return Long.toString(decimal.longValue());
        }
        return number.toString();
    }
}
