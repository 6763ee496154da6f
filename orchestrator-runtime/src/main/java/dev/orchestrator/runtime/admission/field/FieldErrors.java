package dev.orchestrator.runtime.admission.field;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

import dev.orchestrator.api.model.meta.StatusCause;
import dev.orchestrator.runtime.text.GoText;
import org.jspecify.annotations.Nullable;

/** Collects what is wrong with an object, in the order it is found. */
public final class FieldErrors {

    /** What Kubernetes says of a field that may not change. */
    public static final String IMMUTABLE = "field is immutable";

    /** What Kubernetes says of a number that may not be negative. */
    public static final String NEGATIVE = "must be greater than or equal to 0";

    private final List<StatusCause> causes = new ArrayList<>(0);

    /** {@return whether nothing is wrong so far} */
    public boolean isEmpty() {
        return causes.isEmpty();
    }

    /** {@return how much is wrong so far} */
    public int count() {
        return causes.size();
    }

    /** {@return all that is wrong so far} */
    public List<StatusCause> causes() {
        return List.copyOf(causes);
    }

    /** Reports {@code Required value}. */
    public void required(FieldPath path) {
        required(path, "");
    }

    /** Reports {@code Required value: detail}. */
    public void required(FieldPath path, String detail) {
        add(path, "FieldValueRequired", with("Required value", detail));
    }

    /** Reports {@code Invalid value: "x": detail}. */
    public void invalid(FieldPath path, @Nullable Object value, String detail) {
        add(path, "FieldValueInvalid", with("Invalid value: " + GoSyntax.errorValue(value), detail));
    }

    /** Reports {@code Invalid value: "x": detail} of a value that is of a wrong type. */
    public void typeInvalid(FieldPath path, @Nullable Object value, String detail) {
        add(path, "FieldValueTypeInvalid", with("Invalid value: " + GoSyntax.errorValue(value), detail));
    }

    /** Reports {@code Invalid value: detail}, without the value. */
    public void invalidWhole(FieldPath path, String detail) {
        add(path, "FieldValueInvalid", with("Invalid value", detail));
    }

    /** Reports one {@code Invalid value} for each detail. */
    public void invalid(FieldPath path, @Nullable Object value, List<String> details) {
        for (String detail : details) {
            invalid(path, value, detail);
        }
    }

    /** Reports {@code Unsupported value: "x": supported values: "a", "b"}. */
    public void notSupported(FieldPath path, @Nullable Object value, Collection<String> supported) {
        String values = supported.stream().map(GoText::quote).collect(Collectors.joining(", "));
        add(
                path,
                "FieldValueNotSupported",
                with(
                        "Unsupported value: " + GoSyntax.errorValue(value),
                        supported.isEmpty() ? "" : "supported values: " + values));
    }

    /** Reports {@code Duplicate value: "x"}. */
    public void duplicate(FieldPath path, @Nullable Object value) {
        add(path, "FieldValueDuplicate", "Duplicate value: " + GoSyntax.errorValue(value));
    }

    /** Reports {@code Duplicate value: "x": detail}. */
    public void duplicate(FieldPath path, @Nullable Object value, String detail) {
        add(path, "FieldValueDuplicate", with("Duplicate value: " + GoSyntax.errorValue(value), detail));
    }

    /** Reports {@code Forbidden: detail}. */
    public void forbidden(FieldPath path, String detail) {
        add(path, "FieldValueForbidden", with("Forbidden", detail));
    }

    /** Reports {@code Not found: "x"}. */
    public void notFound(FieldPath path, @Nullable Object value) {
        add(path, "FieldValueNotFound", "Not found: " + GoSyntax.errorValue(value));
    }

    /** Reports {@code Not found: "x": detail}. */
    public void notFound(FieldPath path, @Nullable Object value, String detail) {
        add(path, "FieldValueNotFound", with("Not found: " + GoSyntax.errorValue(value), detail));
    }

    /** Reports {@code Required value} when a text is not set or empty. */
    public void requireText(FieldPath path, @Nullable String value) {
        if (Zero.isEmpty(value)) {
            required(path);
        }
    }

    /** Reports a text that is not set, or that is none of the supported values. */
    public void oneOf(FieldPath path, @Nullable String value, List<String> supported) {
        if (Zero.isEmpty(value)) {
            required(path);
        } else {
            supported(path, value, supported);
        }
    }

    /** Reports a text that is set and none of the supported values. */
    public void supported(FieldPath path, @Nullable String value, List<String> supported) {
        if (value != null && !supported.contains(value)) {
            notSupported(path, value, supported);
        }
    }

    /** Reports a number that is not between these, both included. */
    public void range(FieldPath path, @Nullable Number value, long low, long high) {
        if (value != null && (value.longValue() < low || value.longValue() > high)) {
            invalid(path, value, Names.range(low, high));
        }
    }

    /** Reports {@code Too long: may not be more than 5 bytes}. */
    public void tooLong(FieldPath path, int maximum) {
        add(path, "FieldValueTooLong", "Too long: may not be more than " + maximum + " bytes");
    }

    /** Reports {@code Too many: 7: must have at most 5 items}. */
    public void tooMany(FieldPath path, int actual, int maximum) {
        String items = maximum == 1 ? " item" : " items";
        add(path, "FieldValueTooMany", "Too many: " + actual + ": must have at most " + maximum + items);
    }

    /** Reports a number below zero. */
    public void nonNegative(FieldPath path, @Nullable Number value) {
        if (value != null && value.longValue() < 0) {
            invalid(path, value, NEGATIVE);
        }
    }

    /** Reports a value that differs from the old one. */
    public void immutable(FieldPath path, @Nullable Object updated, @Nullable Object old) {
        if (!java.util.Objects.equals(updated, old)) {
            invalid(path, updated, IMMUTABLE);
        }
    }

    private void add(FieldPath path, String reason, String message) {
        causes.add(new StatusCause(path.toString(), message, reason));
    }

    private static String with(String what, String detail) {
        return detail.isEmpty() ? what : what + ": " + detail;
    }
}
