package dev.orchestrator.benchmarks.report;

import java.util.Locale;

/**
 * One line of the table.
 *
 * @param measure what was measured
 * @param ours our value
 * @param floor that of the floor, or a dash
 * @param peer that of the peer, or a dash
 * @param ratio how ours relates to them
 * @param target what is to be reached
 * @param met whether it is: yes, no, or a dash for lines without a target
 */
public record Row(String measure, String ours, String floor, String peer, String ratio, String target, String met) {

    private static final String NONE = "-";

    /** {@return a line with nothing but our value} */
    public static Row of(String measure, String ours) {
        return new Row(measure, ours, NONE, NONE, NONE, NONE, NONE);
    }

    /** {@return the same line with the value of the floor} */
    public Row floor(String value) {
        return new Row(measure, ours, value, peer, ratio, target, met);
    }

    /** {@return the same line with the value of the peer} */
    public Row peer(String value) {
        return new Row(measure, ours, floor, value, ratio, target, met);
    }

    /** {@return the same line with one more ratio} */
    public Row ratio(double value, String to) {
        String text = "%s x %s".formatted(number(value), to);
        return new Row(measure, ours, floor, peer, ratio.equals(NONE) ? text : ratio + ", " + text, target, met);
    }

    /** {@return the same line with what is to be reached} */
    public Row target(String text, boolean isMet) {
        return new Row(measure, ours, floor, peer, ratio, text, isMet ? "yes" : "NO");
    }

    /** {@return a value as people like to read it: three digits that count} */
    public static String number(double value) {
        if (Double.isNaN(value)) {
            return "?";
        }
        double size = Math.abs(value);
        if (size >= 100) {
            return String.format(Locale.ROOT, "%,.0f", value);
        }
        if (size >= 10) {
            return String.format(Locale.ROOT, "%.1f", value);
        }
        return String.format(Locale.ROOT, size >= 1 ? "%.2f" : "%.3f", value);
    }

    /** {@return a value with its unit} */
    public static String number(double value, String unit) {
        return number(value) + " " + unit;
    }

    String markdown() {
        return "| " + String.join(" | ", measure, ours, floor, peer, ratio, target, met) + " |";
    }
}
