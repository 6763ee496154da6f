package dev.orchestrator.runtime.kubelet;

import java.time.Duration;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * How long to wait before the next try of something that keeps failing: 10 s at first, twice as long each time, 5 min
 * at most; forgotten when the last try is more than 10 min ago.
 *
 * @param delay how long to wait after the next failure
 * @param triedAt when the last try was made
 */
record Backoff(Duration delay, Instant triedAt) {

    private static final Duration INITIAL = Duration.ofSeconds(10);
    private static final Duration LONGEST = Duration.ofMinutes(5);
    private static final Duration FORGOTTEN_AFTER = LONGEST.multipliedBy(2);

    /** {@return the state after another try} */
    static Backoff next(@Nullable Backoff last, Instant failedAt, Instant now) {
        if (last == null || last.isForgottenAt(failedAt)) {
            return new Backoff(INITIAL, now);
        }
        Duration doubled = last.delay.multipliedBy(2);
        return new Backoff(doubled.compareTo(LONGEST) > 0 ? LONGEST : doubled, now);
    }

    /** {@return when to try again after a failure; the failure itself when there is nothing to wait for} */
    static Instant retryAt(@Nullable Backoff last, Instant failedAt) {
        return last == null || last.isForgottenAt(failedAt) ? failedAt : failedAt.plus(last.delay);
    }

    private boolean isForgottenAt(Instant failedAt) {
        return Duration.between(triedAt, failedAt).compareTo(FORGOTTEN_AFTER) > 0;
    }
}
