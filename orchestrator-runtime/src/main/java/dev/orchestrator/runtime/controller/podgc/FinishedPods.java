package dev.orchestrator.runtime.controller.podgc;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.AtomicInteger;

import dev.orchestrator.api.model.ObjectKey;
import dev.orchestrator.api.model.core.Pod;
import org.jspecify.annotations.Nullable;

/** The pods that have finished, in the order in which they are given up: evicted ones first, then the oldest. */
final class FinishedPods {

    /** A pod that has finished. */
    record Finished(boolean evicted, Instant created, ObjectKey key, String uid) {

        static Finished of(Pod pod) {
            Instant created = pod.metadata().creationTimestamp();
            return new Finished(
                    "Evicted".equals(pod.status().reason()),
                    created == null ? Instant.EPOCH : created,
                    pod.key(),
                    pod.metadata().uidOrEmpty());
        }
    }

    private final ConcurrentSkipListSet<Finished> pods =
            new ConcurrentSkipListSet<>(Comparator.comparing((Finished pod) -> !pod.evicted)
                    .thenComparing(Finished::created)
                    .thenComparing(Finished::key)
                    .thenComparing(Finished::uid));
    private final AtomicInteger count = new AtomicInteger();

    /** Takes over a change; {@return how many finished pods there are now} */
    int changed(@Nullable Pod before, @Nullable Pod after) {
        if (before != null && before.isFinished() && pods.remove(Finished.of(before))) {
            count.decrementAndGet();
        }
        if (after != null && after.isFinished() && pods.add(Finished.of(after))) {
            count.incrementAndGet();
        }
        return count.get();
    }

    /** {@return those that are more than a limit} */
    List<Finished> above(int limit) {
        int surplus = count.get() - limit;
        var given = new ArrayList<Finished>();
        for (Finished pod : pods) {
            if (given.size() >= surplus) {
                break;
            }
            given.add(pod);
        }
        return given;
    }
}
