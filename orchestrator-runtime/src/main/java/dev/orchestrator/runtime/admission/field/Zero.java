package dev.orchestrator.runtime.admission.field;

import org.jspecify.annotations.Nullable;

/** Reads what is not set as Go reads it: as the zero of its type. */
public final class Zero {

    private Zero() {}

    /** {@return the text; empty when it is not set} */
    public static String text(@Nullable String value) {
        return value == null ? "" : value;
    }

    /** {@return whether a text is not set or empty} */
    public static boolean isEmpty(@Nullable String value) {
        return value == null || value.isEmpty();
    }

    /** {@return whether a flag is set and true} */
    public static boolean isTrue(@Nullable Boolean value) {
        return value != null && value;
    }

    /** {@return the number; zero when it is not set} */
    public static long number(@Nullable Number value) {
        return value == null ? 0 : value.longValue();
    }
}
