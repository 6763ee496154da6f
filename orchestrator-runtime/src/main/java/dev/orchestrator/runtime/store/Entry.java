package dev.orchestrator.runtime.store;

import dev.orchestrator.api.model.ObjectKey;
import dev.orchestrator.api.model.Resource;

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

    Entry(ObjectKey key, long sequence, Resource object) {
        this.key = key;
        this.sequence = sequence;
        this.object = object;
    }
}
