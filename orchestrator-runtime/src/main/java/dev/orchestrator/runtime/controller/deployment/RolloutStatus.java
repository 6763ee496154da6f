package dev.orchestrator.runtime.controller.deployment;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

import dev.orchestrator.api.model.apps.Deployment;
import dev.orchestrator.api.model.apps.DeploymentCondition;
import dev.orchestrator.api.model.apps.DeploymentStatus;
import dev.orchestrator.api.model.apps.DeploymentStatusBuilder;
import dev.orchestrator.api.model.apps.ReplicaSet;
import dev.orchestrator.api.model.apps.ReplicaSetCondition;
import dev.orchestrator.api.model.apps.ReplicaSetStatus;

/** What a deployment reports about itself, decided from its replica sets' reports. */
final class RolloutStatus {

    private RolloutStatus() {}

    /** {@return the counts and whether there are enough pods; what is known about progress stays} */
    static DeploymentStatus counts(RolloutState state, Instant now) {
        Deployment deployment = state.deployment();
        RollingBounds bounds = RollingBounds.of(deployment);
        int replicas = 0;
        int ready = 0;
        int available = 0;
        int terminating = 0;
        boolean terminatingKnown = true;
        for (ReplicaSet set : state.sets()) {
            ReplicaSetStatus status = set.status();
            replicas += status.replicas();
            ready += status.readyReplicas();
            available += status.availableReplicas();
            Integer stopping = status.terminatingReplicas();
            terminatingKnown &= stopping != null;
            terminating += stopping == null ? 0 : stopping;
        }
        boolean enough = available >= bounds.minAvailable();
        var availability = DeploymentConditions.of(
                DeploymentConditions.AVAILABLE,
                enough ? "True" : "False",
                enough ? DeploymentConditions.MINIMUM_AVAILABLE : DeploymentConditions.MINIMUM_UNAVAILABLE,
                enough ? "Deployment has minimum availability." : "Deployment does not have minimum availability.",
                now);
        ReplicaSetState current = state.current();
        return DeploymentStatusBuilder.builder(deployment.status())
                .observedGeneration(deployment.metadata().generation())
                .replicas(replicas)
                .updatedReplicas(current == null ? 0 : current.set().status().replicas())
                .readyReplicas(ready)
                .availableReplicas(available)
                .unavailableReplicas(Math.max(0, state.totalWanted() - available))
                .terminatingReplicas(terminatingKnown ? terminating : null)
                .conditions(DeploymentConditions.with(deployment.status().conditions(), availability))
                .build();
    }

    /** {@return the counts with what has become of the rollout since the last report} */
    static DeploymentStatus progress(RolloutState state, Instant now) {
        Deployment deployment = state.deployment();
        DeploymentStatus status = counts(state, now);
        List<DeploymentCondition> conditions = status.conditions();
        if (deadline(deployment).isEmpty()) {
            conditions = DeploymentConditions.without(conditions, DeploymentConditions.PROGRESSING);
        } else if (!wasComplete(deployment, status)) {
            conditions = progressing(state, status, now);
        }
        Optional<DeploymentCondition> failure = failure(state);
        conditions = failure.isPresent()
                ? DeploymentConditions.with(conditions, failure.get())
                : DeploymentConditions.without(conditions, DeploymentConditions.REPLICA_FAILURE);
        return DeploymentStatusBuilder.builder(status).conditions(conditions).build();
    }

    /** {@return whether all wanted pods, and no others, are of the present version and available} */
    static boolean isComplete(Deployment deployment, DeploymentStatus status) {
        int desired = deployment.desiredReplicas();
        return status.updatedReplicas() == desired
                && status.replicas() == desired
                && status.availableReplicas() == desired
                && status.observedGeneration() >= deployment.metadata().generation();
    }

    /** {@return how long the rollout may stand still; empty when it may do so for ever} */
    static Optional<Duration> deadline(Deployment deployment) {
        Integer seconds = deployment.spec().progressDeadlineSeconds();
        return seconds == null || seconds == Integer.MAX_VALUE
                ? Optional.empty()
                : Optional.of(Duration.ofSeconds(seconds));
    }

    /** {@return when to look whether the rollout stands still; empty when it is over or has been given up} */
    static Optional<Duration> nextCheck(Deployment deployment, Instant now) {
        DeploymentCondition known =
                deployment.condition(DeploymentConditions.PROGRESSING).orElse(null);
        Optional<Duration> deadline = deadline(deployment);
        if (deadline.isEmpty()
                || known == null
                || known.lastUpdateTime() == null
                || DeploymentConditions.COMPLETE.equals(known.reason())
                || DeploymentConditions.TIMED_OUT.equals(known.reason())
                || isComplete(deployment, deployment.status())) {
            return Optional.empty();
        }
        // Condition times are whole seconds: one more second makes up for the fraction that was cut off.
        Instant due = known.lastUpdateTime().plus(deadline.get()).plusSeconds(1);
        return Optional.of(Duration.between(now, due));
    }

    private static boolean wasComplete(Deployment deployment, DeploymentStatus status) {
        return status.replicas() == status.updatedReplicas()
                && deployment
                        .condition(DeploymentConditions.PROGRESSING)
                        .filter(known -> DeploymentConditions.COMPLETE.equals(known.reason()))
                        .isPresent();
    }

    private static List<DeploymentCondition> progressing(RolloutState state, DeploymentStatus status, Instant now) {
        Deployment deployment = state.deployment();
        String subject = subject(state);
        if (isComplete(deployment, status)) {
            return DeploymentConditions.with(
                    status.conditions(),
                    DeploymentConditions.of(
                            DeploymentConditions.PROGRESSING,
                            "True",
                            DeploymentConditions.COMPLETE,
                            subject + " has successfully progressed.",
                            now));
        }
        if (hasProgressed(deployment.status(), status)) {
            return DeploymentConditions.refreshed(
                    status.conditions(),
                    DeploymentConditions.of(
                            DeploymentConditions.PROGRESSING,
                            "True",
                            DeploymentConditions.UPDATED,
                            subject + " is progressing.",
                            now));
        }
        if (hasTimedOut(deployment, now)) {
            return DeploymentConditions.with(
                    status.conditions(),
                    DeploymentConditions.of(
                            DeploymentConditions.PROGRESSING,
                            "False",
                            DeploymentConditions.TIMED_OUT,
                            subject + " has timed out progressing.",
                            now));
        }
        return status.conditions();
    }

    private static String subject(RolloutState state) {
        ReplicaSetState current = state.current();
        return current == null
                ? "Deployment \"" + state.deployment().metadata().nameOrEmpty() + "\""
                : "ReplicaSet \"" + current.set().metadata().nameOrEmpty() + "\"";
    }

    private static boolean hasProgressed(DeploymentStatus before, DeploymentStatus after) {
        return after.updatedReplicas() > before.updatedReplicas()
                || after.replicas() - after.updatedReplicas() < before.replicas() - before.updatedReplicas()
                || after.readyReplicas() > before.readyReplicas()
                || after.availableReplicas() > before.availableReplicas();
    }

    private static boolean hasTimedOut(Deployment deployment, Instant now) {
        DeploymentCondition known =
                deployment.condition(DeploymentConditions.PROGRESSING).orElse(null);
        if (known == null || DeploymentConditions.COMPLETE.equals(known.reason())) {
            return false;
        }
        if (DeploymentConditions.TIMED_OUT.equals(known.reason())) {
            return true;
        }
        Instant since = known.lastUpdateTime();
        return since != null
                && deadline(deployment)
                        .filter(deadline -> since.plus(deadline).isBefore(now))
                        .isPresent();
    }

    private static Optional<DeploymentCondition> failure(RolloutState state) {
        ReplicaSetState current = state.current();
        Optional<DeploymentCondition> ofCurrent = current == null ? Optional.empty() : failure(current.set());
        return ofCurrent.isPresent()
                ? ofCurrent
                : state.old().stream()
                        .flatMap(old -> failure(old.set()).stream())
                        .findFirst();
    }

    private static Optional<DeploymentCondition> failure(ReplicaSet set) {
        return set.condition(DeploymentConditions.REPLICA_FAILURE).map(RolloutStatus::copy);
    }

    private static DeploymentCondition copy(ReplicaSetCondition condition) {
        return new DeploymentCondition(
                condition.lastTransitionTime(),
                condition.lastTransitionTime(),
                condition.message(),
                condition.reason(),
                condition.status(),
                condition.type());
    }

    /** {@return the condition that a pause or its end calls for; empty when nothing changes} */
    static Optional<DeploymentCondition> pause(Deployment deployment, Instant now) {
        String known = deployment
                .condition(DeploymentConditions.PROGRESSING)
                .map(DeploymentCondition::reason)
                .orElse(null);
        if (deadline(deployment).isEmpty() || DeploymentConditions.TIMED_OUT.equals(known)) {
            return Optional.empty();
        }
        boolean wasPaused = DeploymentConditions.PAUSED.equals(known);
        if (deployment.spec().paused() == wasPaused) {
            return Optional.empty();
        }
        return Optional.of(
                wasPaused
                        ? DeploymentConditions.of(
                                DeploymentConditions.PROGRESSING,
                                "Unknown",
                                DeploymentConditions.RESUMED,
                                "Deployment is resumed",
                                now)
                        : DeploymentConditions.of(
                                DeploymentConditions.PROGRESSING,
                                "Unknown",
                                DeploymentConditions.PAUSED,
                                "Deployment is paused",
                                now));
    }
}
