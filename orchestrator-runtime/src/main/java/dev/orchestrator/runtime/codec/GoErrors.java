package dev.orchestrator.runtime.codec;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The sentences of Go's own parsers, which Kubernetes passes on. */
final class GoErrors {

    private static final String LAYOUT = "2006-01-02T15:04:05Z07:00";
    private static final Pattern PARTS = Pattern.compile(
            "(\\d{4})(-)(\\d{2})(-)(\\d{2})(T)(\\d{2})(:)(\\d{2})(:)(\\d{2})((?:\\.\\d+)?)" + "(Z|[+-]\\d{2}:\\d{2})");
    private static final String[] LAYOUT_PARTS = {
        "2006", "-", "01", "-", "02", "T", "15", ":", "04", ":", "05", "", "Z07:00"
    };

    private GoErrors() {}

    /** {@return what Go says about a text that is not a moment in RFC 3339} */
    static String time(String text) {
        String start = "parsing time \"" + text + "\"";
        Matcher whole = PARTS.matcher(text);
        if (whole.matches()) {
            return start + ": " + outOfRange(whole) + " out of range";
        }
        if (whole.lookingAt()) {
            return start + ": extra text: \"" + text.substring(whole.end()) + "\"";
        }
        String rest = text;
        for (String part : LAYOUT_PARTS) {
            String found = leading(part, rest);
            if (found == null) {
                return start + " as \"" + LAYOUT + "\": cannot parse \"" + rest + "\" as \"" + part + "\"";
            }
            rest = rest.substring(found.length());
        }
        return start;
    }

    private static String outOfRange(Matcher parts) {
        if (number(parts, 3) < 1 || number(parts, 3) > 12) {
            return "month";
        }
        if (number(parts, 7) > 23) {
            return "hour";
        }
        if (number(parts, 9) > 59) {
            return "minute";
        }
        return number(parts, 11) > 59 ? "second" : "day";
    }

    private static int number(Matcher parts, int group) {
        return Integer.parseInt(parts.group(group));
    }

    private static @org.jspecify.annotations.Nullable String leading(String layoutPart, String text) {
        String pattern = switch (layoutPart) {
            case "2006" -> "\\d{4}";
            case "01", "02", "15", "04", "05" -> "\\d{2}";
            case "" -> "(\\.\\d+)?";
            case "Z07:00" -> "Z|[+-]\\d{2}:\\d{2}";
            default -> Pattern.quote(layoutPart);
        };
        Matcher matcher = Pattern.compile(pattern).matcher(text);
        return matcher.lookingAt() ? matcher.group() : null;
    }

    /** {@return what Go says about a text that is not base64} */
    static String base64(String text) {
        int length = text.length();
        int significant = 0;
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            if (c == '\n' || c == '\r') {
                continue;
            }
            boolean padding = c == '=' && significant % 4 >= 2;
            if (padding) {
                break;
            }
            if (!isAlphabet(c)) {
                return illegalAt(i);
            }
            significant++;
        }
        return illegalAt(length - length % 4);
    }

    private static boolean isAlphabet(char c) {
        return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '+' || c == '/';
    }

    private static String illegalAt(int index) {
        return "illegal base64 data at input byte " + index;
    }
}
