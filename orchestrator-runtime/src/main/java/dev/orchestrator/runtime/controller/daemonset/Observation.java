package dev.orchestrator.runtime.controller.daemonset;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.orchestrator.api.model.apps.DaemonSetStatus;
import dev.orchestrator.api.model.apps.DaemonSetStatusBuilder;
import dev.orchestrator.api.model.core.Pod;
import dev.orchestrator.runtime.controller.daemonset.NodeChoice.Place;

/**
 * What the pods of a daemon set amount to at a moment.
 *
 * @param status the status that says so
 * @param nextAvailable when the next ready pod will have been ready for long enough, if one is on the way
 */
record Observation(DaemonSetStatus status, Optional<Instant> nextAvailable) {

    /** Counts nodes by their oldest pods; reads no clock and changes nothing. */
    static Observation of(DaemonSetState state, int collisions) {
        int current = 0;
        int ready = 0;
        int available = 0;
        int updated = 0;
        int misscheduled = 0;
        Optional<Instant> next = Optional.empty();
        for (Map.Entry<String, Place> node : state.places().entrySet()) {
            List<Pod> pods = state.podsOf(node.getKey());
            if (pods.isEmpty()) {
                continue;
            }
            if (node.getValue() != Place.WANTED) {
                misscheduled++;
                continue;
            }
            Pod oldest = pods.getFirst();
            current++;
            ready += oldest.isReady() ? 1 : 0;
            available += state.isAvailable(oldest) ? 1 : 0;
            updated += state.isUpdated(oldest) ? 1 : 0;
            next = earliest(next, state, pods);
        }
        int desired = state.desired();
        DaemonSetStatus status = DaemonSetStatusBuilder.builder(state.set().status())
                .observedGeneration(state.set().metadata().generation())
                .desiredNumberScheduled(desired)
                .currentNumberScheduled(current)
                .numberMisscheduled(misscheduled)
                .numberReady(ready)
                .numberAvailable(available)
                .numberUnavailable(desired - available)
                .updatedNumberScheduled(updated)
                .collisionCount(collisions)
                .build();
        return new Observation(status, next);
    }

    private static Optional<Instant> earliest(Optional<Instant> known, DaemonSetState state, List<Pod> pods) {
        Optional<Instant> next = known;
        for (Pod pod : pods) {
            if (pod.isReady() && !state.isAvailable(pod)) {
                Optional<Instant> due = pod.readySince().map(since -> since.plus(state.minReady()));
                next = next.isEmpty() || due.filter(next.get()::isAfter).isPresent() ? due : next;
            }
        }
        return next;
    }
}
