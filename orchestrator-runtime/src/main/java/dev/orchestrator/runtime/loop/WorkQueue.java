package dev.orchestrator.runtime.loop;

import java.time.Duration;

/**
 * Keys that wait to be reconciled. A key is in it once, however often it is added; added while it is being worked on,
 * it comes again afterwards. Keys come in the order in which they were added. All methods may be called from any
 * thread.
 *
 * @param <K> the kind of key
 */
public interface WorkQueue<K> {

    /** Adds a key. After the loops have been closed it does nothing. */
    void add(K key);

    /** Adds a key later. Of several such additions of a key the earliest counts. */
    void addAfter(K key, Duration delay);
}
