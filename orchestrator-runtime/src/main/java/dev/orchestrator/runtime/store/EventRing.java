package dev.orchestrator.runtime.store;

import org.jspecify.annotations.Nullable;

/**
 * The latest changes, one for each revision, in a ring that never grows.
 *
 * <p>The committing thread appends before it publishes the revision. Readers take no lock: an event knows its revision,
 * so a reader that was overtaken notices.
 */
final class EventRing {

    private final @Nullable StoreEvent[] slots;
    private final int mask;

    EventRing(int history) {
        int capacity = Math.max(2, Integer.highestOneBit((history - 1) | 1) << 1);
        this.slots = new StoreEvent[Math.max(capacity, 2)];
        this.mask = slots.length - 1;
    }

    int capacity() {
        return slots.length;
    }

    void append(StoreEvent event) {
        slots[(int) event.revision() & mask] = event;
    }

    /** {@return the change of a published revision; null when it is no longer known} */
    @Nullable
    StoreEvent at(long revision) {
        StoreEvent event = slots[(int) revision & mask];
        return event != null && event.revision() == revision ? event : null;
    }
}
