package dev.orchestrator.runtime.controller.statefulset;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

import dev.orchestrator.api.model.apps.StatefulSet;
import dev.orchestrator.api.model.apps.StatefulSetStatus;
import dev.orchestrator.api.model.apps.StatefulSetStatusBuilder;
import dev.orchestrator.api.model.core.Pod;

/**
 * What the pods of a stateful set amount to at a moment.
 *
 * @param status the status that says so
 * @param nextAvailable when the next ready pod will have been ready for long enough, if one is on the way
 */
record Observation(StatefulSetStatus status, Optional<Instant> nextAvailable) {

    /** Counts the pods; reads no clock and changes nothing. */
    static Observation of(StatefulSetState state, int collisions) {
        StatefulSet set = state.set();
        var minReady = Duration.ofSeconds(set.spec().minReadySeconds());
        int ready = 0;
        int available = 0;
        int current = 0;
        int updated = 0;
        Optional<Instant> next = Optional.empty();
        for (Pod pod : state.pods()) {
            if (StatefulSetState.isRunningAndReady(pod)) {
                ready++;
                if (state.isAvailable(pod)) {
                    available++;
                } else {
                    Optional<Instant> due = pod.readySince().map(since -> since.plus(minReady));
                    next = next.isEmpty() || due.filter(next.get()::isAfter).isPresent() ? due : next;
                }
            }
            if (!pod.metadata().isTerminating()) {
                current += state.current().isOf(pod) ? 1 : 0;
                updated += state.update().isOf(pod) ? 1 : 0;
            }
        }
        boolean complete = isRolling(set)
                && updated == set.desiredReplicas()
                && ready == set.desiredReplicas()
                && state.pods().size() == set.desiredReplicas();
        StatefulSetStatus status = StatefulSetStatusBuilder.builder(set.status())
                .observedGeneration(set.metadata().generation())
                .replicas(state.pods().size())
                .readyReplicas(ready)
                .availableReplicas(available)
                .currentReplicas(complete ? updated : current)
                .updatedReplicas(updated)
                .currentRevision(
                        complete ? state.update().name() : state.current().name())
                .updateRevision(state.update().name())
                .collisionCount(collisions)
                .build();
        return new Observation(status, next);
    }

    private static boolean isRolling(StatefulSet set) {
        return "RollingUpdate".equals(set.spec().updateStrategy().type());
    }
}
