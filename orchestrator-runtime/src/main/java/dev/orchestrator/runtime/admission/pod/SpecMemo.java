package dev.orchestrator.runtime.admission.pod;

import java.util.concurrent.atomic.AtomicReferenceArray;

import org.jspecify.annotations.Nullable;

/**
 * Remembers, for recent instances, what became of them: by identity, not by value, so that a question costs a few
 * nanoseconds however large the instance is.
 *
 * <p>Each instance has one of a few places decided by its identity; a newer one takes the place of an older one.
 * Readers and writers never wait: a lost entry is only computed again.
 *
 * @param <K> what is asked about; kept alive while it is remembered
 * @param <C> what else the answer depends on, compared by value
 * @param <V> the answer
 */
final class SpecMemo<K, C, V> {

    private static final int WAYS = 4;
    private static final int SETS = 512;

    private record Remembered<K, C, V>(K key, C context, V value) {}

    private final AtomicReferenceArray<@Nullable Remembered<K, C, V>> places = new AtomicReferenceArray<>(WAYS * SETS);

    /** {@return what is remembered of this very instance in this context; null when nothing is} */
    @SuppressWarnings("ReferenceEquality") // the instance, not its value, is what is remembered
    @Nullable
    V find(K key, C context) {
        int first = firstPlace(key);
        for (int way = 0; way < WAYS; way++) {
            Remembered<K, C, V> place = places.get(first + way);
            if (place != null && place.key == key && place.context.equals(context)) {
                return place.value;
            }
        }
        return null;
    }

    /** Remembers an answer, forgetting the oldest one of the same place. */
    void remember(K key, C context, V value) {
        int first = firstPlace(key);
        for (int way = WAYS - 1; way > 0; way--) {
            places.set(first + way, places.get(first + way - 1));
        }
        places.set(first, new Remembered<>(key, context, value));
    }

    private static int firstPlace(Object key) {
        int hash = System.identityHashCode(key);
        return ((hash ^ (hash >>> 15)) & (SETS - 1)) * WAYS;
    }
}
