package dev.orchestrator.runtime.kubelet;

import java.time.Duration;
import java.util.List;

/** Writes values as Go does, for messages that have to read as Kubernetes'. */
final class GoText {

    private GoText() {}

    /** {@return such as {@code 1m20s}, {@code 1.5s}, {@code 12ms}} */
    static String duration(Duration duration) {
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

    /** {@return the text in double quotes} */
    static String quote(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + '"';
    }

    /** {@return such as {@code [a b]}} */
    static String list(List<String> values) {
        return "[" + String.join(" ", values) + "]";
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
