package dev.orchestrator.runtime.admission.kind;

import org.jspecify.annotations.Nullable;

/** Tells whether two values are one instance: the cheap way to see that nothing was changed. */
public final class Identity {

    private Identity() {}

    /** {@return whether these are the same instance, not merely equal} */
    @SuppressWarnings("ReferenceEquality") // that is the question
    public static boolean same(@Nullable Object one, @Nullable Object other) {
        return one == other;
    }
}
