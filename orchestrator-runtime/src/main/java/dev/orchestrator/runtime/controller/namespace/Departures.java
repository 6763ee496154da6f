package dev.orchestrator.runtime.controller.namespace;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Counts the objects that leave the namespaces that are being deleted, so that a namespace is looked at again once all
 * that it waited for is gone, and not after each of them.
 *
 * <p>The count may be too high but never too low: a look too early is repeated, one that never comes would be a
 * namespace that never goes.
 */
final class Departures {

    private static final class Count {
        private final AtomicLong gone = new AtomicLong();
        private final AtomicLong awaited = new AtomicLong(Long.MAX_VALUE);
    }

    private final ConcurrentMap<String, Count> counts = new ConcurrentHashMap<>();

    /** Begins to count; {@return the count so far, to be read before the contents are listed} */
    long begin(String namespace) {
        return counts.computeIfAbsent(namespace, name -> new Count()).gone.get();
    }

    /** Says how many objects were found after {@link #begin}; {@return whether all of them are gone already} */
    boolean await(String namespace, long begun, int found) {
        Count count = counts.computeIfAbsent(namespace, name -> new Count());
        count.awaited.set(begun + found);
        return count.gone.get() >= begun + found;
    }

    /** Notes that an object is gone; {@return whether its namespace is to be looked at again} */
    boolean gone(String namespace) {
        Count count = counts.get(namespace);
        return count != null && count.gone.incrementAndGet() >= count.awaited.get();
    }

    /** Forgets a namespace that is gone itself. */
    void forget(String namespace) {
        counts.remove(namespace);
    }
}
