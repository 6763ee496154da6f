package dev.orchestrator.runtime.text;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Writes values as Go does, for messages that have to read as Kubernetes'. */
public final class GoText {

    private GoText() {}

    /** {@return such as {@code 1m20s}, {@code 1.5s}, {@code 12ms}} */
    public static String duration(Duration duration) {
        if (duration.isZero()) {
            return "0s";
        }
        if (duration.isNegative()) {
            return "-" + duration(duration.negated());
        }
        long nanos = duration.toNanos();
        if (nanos < 1_000) {
            return nanos + "ns";
        }
        if (nanos < 1_000_000) {
            return decimal(nanos, 1_000) + "µs";
        }
        if (nanos < 1_000_000_000) {
            return decimal(nanos, 1_000_000) + "ms";
        }
        var text = new StringBuilder();
        long hours = duration.toHours();
        if (hours > 0) {
            text.append(hours).append('h');
        }
        if (hours > 0 || duration.toMinutes() > 0) {
            text.append(duration.toMinutesPart()).append('m');
        }
        return text.append(decimal(nanos % 60_000_000_000L, 1_000_000_000))
                .append('s')
                .toString();
    }

    /** {@return the text in double quotes, with Go's escapes} */
    public static String quote(String text) {
        var quoted = new StringBuilder(text.length() + 2).append('"');
        text.codePoints().forEach(point -> escape(quoted, point));
        return quoted.append('"').toString();
    }

    private static void escape(StringBuilder quoted, int point) {
        switch (point) {
            case '"' -> quoted.append("\\\"");
            case '\\' -> quoted.append("\\\\");
            case '\n' -> quoted.append("\\n");
            case '\r' -> quoted.append("\\r");
            case '\t' -> quoted.append("\\t");
            case 0x07 -> quoted.append("\\a");
            case '\b' -> quoted.append("\\b");
            case '\f' -> quoted.append("\\f");
            case 0x0b -> quoted.append("\\v");
            default -> {
                if (point < 0x20 || point == 0x7f) {
                    quoted.append(String.format(Locale.ROOT, "\\x%02x", point));
                } else if (isPrintable(point)) {
                    quoted.appendCodePoint(point);
                } else {
                    quoted.append(String.format(Locale.ROOT, point > 0xffff ? "\\U%08x" : "\\u%04x", point));
                }
            }
        }
    }

    private static boolean isPrintable(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL, Character.FORMAT, Character.SURROGATE, Character.PRIVATE_USE -> false;
            case Character.UNASSIGNED, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> false;
            case Character.SPACE_SEPARATOR -> point == ' ';
            default -> true;
        };
    }

    /** {@return such as {@code [a b]}} */
    public static String list(List<String> values) {
        return "[" + String.join(" ", values) + "]";
    }

    /** {@return a list of texts as Go source, such as {@code []string{"a", "b"}}} */
    public static String texts(String type, List<String> values) {
        return values.stream().map(GoText::quote).collect(Collectors.joining(", ", "[]" + type + "{", "}"));
    }

    private static String decimal(long amount, long unit) {
        long fraction = amount % unit;
        if (fraction == 0) {
            return Long.toString(amount / unit);
        }
        String digits = Long.toString(unit + fraction).substring(1);
        return amount / unit + "." + digits.replaceAll("0+$", "");
    }
}
