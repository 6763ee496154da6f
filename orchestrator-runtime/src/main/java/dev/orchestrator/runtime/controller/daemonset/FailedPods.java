package dev.orchestrator.runtime.controller.daemonset;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** How long failed pods stay before they are replaced: longer each time, so that a broken node is no busy one. */
final class FailedPods {

    private static final Duration FIRST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofMinutes(15);

    private record Place(String set, String node) {}

    private record Wait(Duration length, Instant since) {

        Instant end() {
            return since.plus(length);
        }

        /** One that has been over for long is forgotten. */
        boolean counts(Instant now) {
            return !now.isAfter(since.plus(LONGEST.multipliedBy(2)));
        }
    }

    private final Map<Place, Wait> waits = new ConcurrentHashMap<>();

    /** {@return how long a failed pod of a set on a node is still to stay; empty when it may go} */
    Optional<Duration> left(String set, String node, Instant now) {
        Wait wait = waits.get(new Place(set, node));
        return wait != null && wait.end().isAfter(now)
                ? Optional.of(Duration.between(now, wait.end()))
                : Optional.empty();
    }

    /** Says that a failed pod goes: the next one stays twice as long. */
    void replaced(String set, String node, Instant now) {
        waits.compute(new Place(set, node), (place, wait) -> {
            if (wait == null || !wait.counts(now)) {
                return new Wait(FIRST, now);
            }
            Duration twice = wait.length().multipliedBy(2);
            return new Wait(twice.compareTo(LONGEST) < 0 ? twice : LONGEST, now);
        });
    }

    /** Forgets a set that is gone. */
    void forget(String set) {
        waits.keySet().removeIf(place -> place.set().equals(set));
    }
}
