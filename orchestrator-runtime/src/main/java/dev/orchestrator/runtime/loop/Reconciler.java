package dev.orchestrator.runtime.loop;

/**
 * Brings the actual state of one key closer to the desired one.
 *
 * <p>Called by one worker at a time for a key, for different keys at the same time. It may be called again at any
 * moment and for no reason, so it reads the state, decides and acts; it remembers nothing about events.
 *
 * @param <K> names what is reconciled, such as an object key
 */
@FunctionalInterface
public interface Reconciler<K> {

    /**
     * Does one pass.
     *
     * <p>What it throws is logged by the loop and retried with a delay that grows from pass to pass.
     *
     * @return when to look again
     * @throws InterruptedException if the loop is being closed
     */
    Outcome reconcile(K key) throws InterruptedException;
}
