package dev.orchestrator.runtime.loop;

import java.time.Duration;
import java.time.Instant;

/** Lets a burst through and then a steady trickle. Not thread-safe. */
final class TokenBucket {

    private final double burst;
    private final double nanosPerToken;
    private double tokens;
    private Instant filled;

    TokenBucket(int burst, Duration perToken, Instant now) {
        this.burst = burst;
        this.nanosPerToken = perToken.toNanos();
        this.tokens = burst;
        this.filled = now;
    }

    /** {@return whether there was a token to take} */
    boolean take(Instant now) {
        if (now.isAfter(filled)) {
            double elapsed = Duration.between(filled, now).toNanos();
            tokens = Math.min(burst, tokens + elapsed / nanosPerToken);
            filled = now;
        }
        if (tokens < 1) {
            return false;
        }
        tokens--;
        return true;
    }
}
