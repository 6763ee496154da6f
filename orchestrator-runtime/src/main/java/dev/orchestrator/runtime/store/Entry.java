package dev.orchestrator.runtime.store;

import java.util.function.Predicate;

import dev.orchestrator.api.model.ObjectKey;
import dev.orchestrator.api.model.Resource;
import org.jspecify.annotations.Nullable;

/**
 * The place of one object in the store, from its creation to its end.
 *
 * <p>Indexes hold entries rather than objects, so that a change of status touches no index. Only the committing thread
 * writes {@link #object}; after the end of the object it keeps the last state.
 */
final class Entry {

    final ObjectKey key;
    /** Rises with each creation: orders entries by age. */
    final long sequence;

    volatile Resource object;

    /** Visits one entry as if it were a set of one, or none. */
    static boolean visit(@Nullable Entry entry, Predicate<Entry> visitor) {
        return entry == null || visitor.test(entry);
    }

    Entry(ObjectKey key, long sequence, Resource object) {
        this.key = key;
        this.sequence = sequence;
        this.object = object;
    }
}
