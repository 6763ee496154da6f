package dev.orchestrator.runtime.controller.deployment;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import dev.orchestrator.api.model.apps.DeploymentCondition;
import dev.orchestrator.api.model.apps.DeploymentConditionBuilder;
import org.jspecify.annotations.Nullable;

/** The conditions of a deployment and how they change. */
final class DeploymentConditions {

    static final String AVAILABLE = "Available";
    static final String PROGRESSING = "Progressing";
    static final String REPLICA_FAILURE = "ReplicaFailure";

    static final String PAUSED = "DeploymentPaused";
    static final String RESUMED = "DeploymentResumed";
    static final String CREATED = "NewReplicaSetCreated";
    static final String CREATE_ERROR = "ReplicaSetCreateError";
    static final String FOUND = "FoundNewReplicaSet";
    static final String UPDATED = "ReplicaSetUpdated";
    static final String COMPLETE = "NewReplicaSetAvailable";
    static final String TIMED_OUT = "ProgressDeadlineExceeded";
    static final String MINIMUM_AVAILABLE = "MinimumReplicasAvailable";
    static final String MINIMUM_UNAVAILABLE = "MinimumReplicasUnavailable";

    private DeploymentConditions() {}

    static DeploymentCondition of(String type, String status, String reason, @Nullable String message, Instant now) {
        Instant second = now.truncatedTo(ChronoUnit.SECONDS);
        return new DeploymentCondition(second, second, message, reason, status, type);
    }

    static Optional<DeploymentCondition> find(List<DeploymentCondition> conditions, String type) {
        return conditions.stream()
                .filter(condition -> condition.type().equals(type))
                .findFirst();
    }

    /** {@return the conditions with this one in place of its type, unless it says nothing new} */
    static List<DeploymentCondition> with(List<DeploymentCondition> conditions, DeploymentCondition condition) {
        DeploymentCondition present = find(conditions, condition.type()).orElse(null);
        if (present != null
                && present.status().equals(condition.status())
                && String.valueOf(present.reason()).equals(condition.reason())) {
            return conditions;
        }
        return replaced(conditions, present, condition);
    }

    /** {@return the conditions with this one in place of its type; the time of transition stays if none happens} */
    static List<DeploymentCondition> refreshed(List<DeploymentCondition> conditions, DeploymentCondition condition) {
        return replaced(conditions, find(conditions, condition.type()).orElse(null), condition);
    }

    private static List<DeploymentCondition> replaced(
            List<DeploymentCondition> conditions,
            @Nullable DeploymentCondition present,
            DeploymentCondition condition) {
        var changed = new ArrayList<>(without(conditions, condition.type()));
        if (present != null && present.status().equals(condition.status())) {
            changed.add(DeploymentConditionBuilder.builder(condition)
                    .lastTransitionTime(present.lastTransitionTime())
                    .build());
        } else {
            changed.add(condition);
        }
        return List.copyOf(changed);
    }

    static List<DeploymentCondition> without(List<DeploymentCondition> conditions, String type) {
        return conditions.stream()
                .filter(condition -> !condition.type().equals(type))
                .toList();
    }
}
