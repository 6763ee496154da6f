package dev.orchestrator.runtime.controller.autoscaler;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** What an autoscaler has recommended and done of late; used by one pass at a time. */
final class History {

    /**
     * Nothing looks back further: the longest stabilisation window and the longest period are an hour and half of one.
     */
    private static final Duration LONGEST = Duration.ofHours(1);

    /**
     * A number that was recommended.
     *
     * @param time when
     * @param replicas how many
     */
    record Recommendation(Instant time, int replicas) {}

    /**
     * A change that was made.
     *
     * @param time when
     * @param change how many replicas were added; negative if some were removed
     */
    record Rescale(Instant time, int change) {}

    private final Deque<Recommendation> recommendations = new ArrayDeque<>();
    private final Deque<Rescale> rescales = new ArrayDeque<>();

    /** Before anything is recommended, what there is was recommended. */
    void begin(int replicas, Instant now) {
        if (recommendations.isEmpty()) {
            recommendations.add(new Recommendation(now, replicas));
        }
    }

    void recommended(int replicas, Instant now) {
        recommendations.add(new Recommendation(now, replicas));
        while (recommendations.getFirst().time().isBefore(now.minus(LONGEST))) {
            recommendations.removeFirst();
        }
    }

    void rescaled(int before, int after, Instant now) {
        rescales.add(new Rescale(now, after - before));
        while (rescales.getFirst().time().isBefore(now.minus(LONGEST))) {
            rescales.removeFirst();
        }
    }

    List<Recommendation> recommendations() {
        return new ArrayList<>(recommendations);
    }

    List<Rescale> rescales() {
        return new ArrayList<>(rescales);
    }
}
