package dev.orchestrator.api.model;

import java.util.OptionalInt;

import org.jspecify.annotations.Nullable;

import static java.util.Objects.requireNonNull;

/**
 * A field that takes a number or a text and keeps which it was: a port number or name, a count or a percentage.
 *
 * <p>Source of the rule: {@code io.k8s.apimachinery.pkg.util.intstr.IntOrString}.
 */
public final class IntOrString {

    private final int number;
    private final @Nullable String text;

    private IntOrString(int number, @Nullable String text) {
        this.number = number;
        this.text = text;
    }

    /** {@return the number itself} */
    public static IntOrString of(int number) {
        return new IntOrString(number, null);
    }

    /** {@return the text itself, never read as a number} */
    public static IntOrString of(String text) {
        return new IntOrString(0, requireNonNull(text, "text is null"));
    }

    /** {@return a number when the text is one, as the command line reads ports; the text otherwise} */
    public static IntOrString parse(String text) {
        try {
            return of(Integer.parseInt(text));
        } catch (NumberFormatException notANumber) {
            return of(text);
        }
    }

    /** {@return whether this is a number} */
    public boolean isNumber() {
        return text == null;
    }

    /**
     * {@return the number}
     *
     * @throws IllegalStateException if this is a text
     */
    public int number() {
        if (text != null) {
            throw new IllegalStateException("\"" + text + "\" is a text, not a number");
        }
        return number;
    }

    /** {@return the text, or the number as text} */
    public String text() {
        return text == null ? Integer.toString(number) : text;
    }

    /** {@return the percentage when this is a text such as {@code 25%}; empty otherwise} */
    public OptionalInt percent() {
        if (text == null || !text.endsWith("%") || text.length() == 1) {
            return OptionalInt.empty();
        }
        for (int i = 0; i < text.length() - 1; i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return OptionalInt.empty();
            }
        }
        try {
            return OptionalInt.of(Integer.parseInt(text.substring(0, text.length() - 1)));
        } catch (NumberFormatException tooLarge) {
            return OptionalInt.empty();
        }
    }

    /**
     * {@return this count, or this share of {@code total} rounded up: 25% of 3 is 1}
     *
     * @throws IllegalStateException if this is neither a number nor a percentage
     */
    public int scaledUp(int total) {
        return scaled(total, 99);
    }

    /**
     * {@return this count, or this share of {@code total} rounded down: 25% of 3 is 0}
     *
     * @throws IllegalStateException if this is neither a number nor a percentage
     */
    public int scaledDown(int total) {
        return scaled(total, 0);
    }

    private int scaled(int total, int rounding) {
        if (text == null) {
            return number;
        }
        int percent = percent()
                .orElseThrow(() -> new IllegalStateException(
                        "invalid value for IntOrString: invalid type: string is not" + " a percentage"));
        return (int) (((long) percent * total + rounding) / 100);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof IntOrString that && number == that.number && java.util.Objects.equals(text, that.text);
    }

    @Override
    public int hashCode() {
        return text == null ? number : text.hashCode();
    }

    /** {@return the number or the text} */
    @Override
    public String toString() {
        return text();
    }
}
