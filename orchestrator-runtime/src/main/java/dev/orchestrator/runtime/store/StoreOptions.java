package dev.orchestrator.runtime.store;

import java.util.concurrent.ThreadLocalRandom;

/**
 * How a store is set up.
 *
 * @param history how many of the latest changes watchers and pages can look back on; rounded up to a power of two
 * @param seed what uids and generated names are made from; stores of the same seed make the same ones
 */
public record StoreOptions(int history, long seed) {

    /** Enough for a watcher that is a second behind a store under full load. */
    public static final int DEFAULT_HISTORY = 65_536;

    /** Refuses a history that cannot be. */
    public StoreOptions {
        if (history < 1 || history > 1 << 24) {
            throw new IllegalArgumentException("history must be between 1 and 16777216: " + history);
        }
    }

    /** {@return the usual setup, with uids that no other store makes} */
    public static StoreOptions defaults() {
        return new StoreOptions(DEFAULT_HISTORY, ThreadLocalRandom.current().nextLong());
    }

    /** {@return the same setup with another length of history} */
    public StoreOptions withHistory(int events) {
        return new StoreOptions(events, seed);
    }

    /** {@return the same setup with uids and names that can be repeated} */
    public StoreOptions withSeed(long value) {
        return new StoreOptions(history, value);
    }
}
