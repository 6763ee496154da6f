package dev.orchestrator.runtime.scheduler.plugin;

import java.time.Instant;
import java.util.Comparator;

import dev.orchestrator.api.model.core.Pod;
import dev.orchestrator.runtime.scheduler.framework.PlacedPod;
import org.jspecify.annotations.Nullable;

/**
 * A pod that may have to go.
 *
 * @param pod the pod
 * @param start since when it runs; one that does not run yet is the youngest of all
 */
record Victim(PlacedPod pod, Instant start) {

    static final Comparator<Victim> MORE_IMPORTANT_FIRST = Comparator.comparingInt(
                    (Victim victim) -> victim.pod.priority())
            .reversed()
            .thenComparing(Victim::start)
            .thenComparing(victim -> victim.pod.uid());

    static Victim of(PlacedPod pod, @Nullable Pod stored) {
        Instant start = stored == null ? null : stored.status().startTime();
        return new Victim(pod, start == null ? Instant.MAX : start);
    }
}
