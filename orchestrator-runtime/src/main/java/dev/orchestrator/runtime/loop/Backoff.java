package dev.orchestrator.runtime.loop;

import java.time.Duration;

/**
 * How long to wait before a pass is repeated: 5 ms after the first failure, twice as long after each further one, at
 * most 1000 s, and up to a tenth more, so that keys that failed together do not come back together.
 *
 * <p>The surplus follows from the queue, the key and the attempt alone: the same run gives the same delays.
 */
final class Backoff {

    private static final long BASE_NANOS = Duration.ofMillis(5).toNanos();
    private static final long MAX_NANOS = Duration.ofSeconds(1000).toNanos();
    /** From here on doubling would exceed the maximum: 5 ms times 2 to the 18th is 1311 s. */
    private static final int LAST_DOUBLING = 18;

    private final long seed;

    Backoff(String queue) {
        this.seed = queue.hashCode();
    }

    /**
     * {@return the delay before the next attempt}
     *
     * @param attempt how many attempts have failed, at least 1
     */
    Duration delay(Object key, int attempt) {
        long plain = attempt > LAST_DOUBLING ? MAX_NANOS : Math.min(MAX_NANOS, BASE_NANOS << (attempt - 1));
        long random = mix((seed * 31 + key.toString().hashCode()) * 31 + attempt);
        // 53 random bits make a number from 0 to 1.
        double share = (random >>> 11) * 0x1.0p-53;
        return Duration.ofNanos(Math.min(MAX_NANOS, plain + (long) (plain * share / 10)));
    }

    private static long mix(long value) {
        long z = value + 0x9E3779B97F4A7C15L;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
