package dev.orchestrator.runtime.controller.job;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import dev.orchestrator.api.model.core.Pod;
import org.jspecify.annotations.Nullable;

/**
 * How many pods of a job have failed in a row: the next one waits 10 s after the first, twice as long after each
 * further one, at most 10 minutes.
 *
 * @param failures since the last success
 * @param last when the last pod failed; null when none has
 */
record FailureRecord(int failures, @Nullable Instant last) {

    static final FailureRecord NONE = new FailureRecord(0, null);

    private static final Duration FIRST = Duration.ofSeconds(10);
    private static final Duration LONGEST = Duration.ofMinutes(10);

    /** {@return the record after some more pods have ended} */
    FailureRecord after(List<Pod> succeeded, List<Pod> failed) {
        if (succeeded.isEmpty() && failed.isEmpty()) {
            return this;
        }
        Instant success = latest(succeeded);
        if (success == null) {
            return new FailureRecord(failures + failed.size(), latest(failed));
        }
        List<Pod> later = failed.stream()
                .filter(pod -> Tracking.endOf(pod).isAfter(success))
                .toList();
        return later.isEmpty() ? NONE : new FailureRecord(later.size(), latest(later));
    }

    private static @Nullable Instant latest(List<Pod> pods) {
        return pods.stream().map(Tracking::endOf).max(Instant::compareTo).orElse(null);
    }

    /** {@return how long to wait before the next pod; zero for not at all} */
    Duration remaining(Instant now) {
        return last == null ? Duration.ZERO : remaining(failures, last, now);
    }

    /** {@return how long to wait before the pod that takes the place of a failed one of the same index} */
    static Duration remaining(@Nullable Pod replaced, Instant now) {
        return replaced == null
                ? Duration.ZERO
                : remaining(Tracking.allFailuresBefore(replaced) + 1, Tracking.endOf(replaced), now);
    }

    private static Duration remaining(int failures, Instant last, Instant now) {
        if (failures == 0) {
            return Duration.ZERO;
        }
        Duration delay = FIRST;
        for (int i = 1; i < failures && delay.compareTo(LONGEST) < 0; i++) {
            delay = delay.multipliedBy(2);
        }
        if (delay.compareTo(LONGEST) > 0) {
            delay = LONGEST;
        }
        Duration left = delay.minus(Duration.between(last, now));
        return left.isNegative() ? Duration.ZERO : left;
    }
}
