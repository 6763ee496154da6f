package dev.orchestrator.runtime.admission.kind;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

import org.jspecify.annotations.Nullable;

/** Tells whether two values are one instance: the cheap way to see that nothing was changed. */
public final class Identity {

    private Identity() {}

    /** {@return the list with each element changed; the same list when every element came back as it was} */
    public static <T> List<T> mapped(List<T> list, UnaryOperator<T> change) {
        List<T> changed = null;
        for (int i = 0; i < list.size(); i++) {
            T before = list.get(i);
            T after = change.apply(before);
            if (changed == null && !same(before, after)) {
                changed = new ArrayList<>(list);
            }
            if (changed != null) {
                changed.set(i, after);
            }
        }
        return changed == null ? list : changed;
    }

    /** {@return the value with a change applied; null when there is none} */
    public static <T> @Nullable T mappedOrNull(@Nullable T value, UnaryOperator<T> change) {
        return value == null ? null : change.apply(value);
    }

    /** {@return whether these are the same instance, not merely equal} */
    @SuppressWarnings("ReferenceEquality") // that is the question
    public static boolean same(@Nullable Object one, @Nullable Object other) {
        return one == other;
    }
}
