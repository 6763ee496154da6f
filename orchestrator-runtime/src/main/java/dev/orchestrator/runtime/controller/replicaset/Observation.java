package dev.orchestrator.runtime.controller.replicaset;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.orchestrator.api.model.apps.ReplicaSet;
import dev.orchestrator.api.model.apps.ReplicaSetCondition;
import dev.orchestrator.api.model.apps.ReplicaSetStatus;
import dev.orchestrator.api.model.apps.ReplicaSetStatusBuilder;
import dev.orchestrator.api.model.core.Pod;
import org.jspecify.annotations.Nullable;

/**
 * What the pods of a replica set amount to at a moment.
 *
 * @param status the status that says so
 * @param nextAvailable when the next ready pod will have been ready for long enough, if one is on the way
 */
record Observation(ReplicaSetStatus status, Optional<Instant> nextAvailable) {

    static final String REPLICA_FAILURE = "ReplicaFailure";

    /**
     * Why the wanted number could not be reached.
     *
     * @param reason {@code FailedCreate} or {@code FailedDelete}
     * @param message what the refusal said
     */
    record Failure(String reason, String message) {}

    /** Counts the pods, of which finished ones count for nothing; reads no clock and changes nothing. */
    static Observation of(ReplicaSet set, List<Pod> pods, @Nullable Failure failure, Instant now) {
        Map<String, String> wanted = set.spec().template().metadata().labels();
        var minReady = Duration.ofSeconds(set.spec().minReadySeconds());
        int replicas = 0;
        int labelled = 0;
        int ready = 0;
        int available = 0;
        int terminating = 0;
        Instant next = null;
        for (Pod pod : pods) {
            if (!pod.isActive()) {
                terminating += pod.isStopping() ? 1 : 0;
                continue;
            }
            replicas++;
            labelled += carries(pod.metadata().labels(), wanted) ? 1 : 0;
            if (!pod.isReady()) {
                continue;
            }
            ready++;
            if (pod.isAvailable(minReady, now)) {
                available++;
            } else {
                next = earlier(next, pod, minReady);
            }
        }
        var status = ReplicaSetStatusBuilder.builder()
                .replicas(replicas)
                .fullyLabeledReplicas(labelled)
                .readyReplicas(ready)
                .availableReplicas(available)
                .terminatingReplicas(terminating)
                .observedGeneration(set.metadata().generation())
                .conditions(conditions(set.status().conditions(), failure, now))
                .build();
        return new Observation(status, Optional.ofNullable(next));
    }

    private static boolean carries(Map<String, String> labels, Map<String, String> wanted) {
        for (Map.Entry<String, String> label : wanted.entrySet()) {
            if (!label.getValue().equals(labels.get(label.getKey()))) {
                return false;
            }
        }
        return true;
    }

    private static @Nullable Instant earlier(@Nullable Instant known, Pod pod, Duration minReady) {
        Instant due = pod.readySince().map(since -> since.plus(minReady)).orElse(null);
        if (known == null || due == null) {
            return known == null ? due : known;
        }
        return due.isBefore(known) ? due : known;
    }

    private static List<ReplicaSetCondition> conditions(
            List<ReplicaSetCondition> present, @Nullable Failure failure, Instant now) {
        boolean known = present.stream().anyMatch(condition -> condition.type().equals(REPLICA_FAILURE));
        if (known == (failure != null)) {
            return present;
        }
        var changed = new ArrayList<ReplicaSetCondition>(present);
        if (failure == null) {
            changed.removeIf(condition -> condition.type().equals(REPLICA_FAILURE));
        } else {
            changed.add(new ReplicaSetCondition(
                    now.truncatedTo(ChronoUnit.SECONDS), failure.message(), failure.reason(), "True", REPLICA_FAILURE));
        }
        return changed;
    }
}
