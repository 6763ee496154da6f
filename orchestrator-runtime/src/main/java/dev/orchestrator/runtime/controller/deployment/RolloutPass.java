package dev.orchestrator.runtime.controller.deployment;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

import dev.orchestrator.api.ApiException;
import dev.orchestrator.api.ApiException.Reason;
import dev.orchestrator.api.model.apps.Deployment;
import dev.orchestrator.api.model.apps.DeploymentBuilder;
import dev.orchestrator.api.model.apps.DeploymentCondition;
import dev.orchestrator.api.model.apps.DeploymentStatus;
import dev.orchestrator.api.model.apps.DeploymentStatusBuilder;
import dev.orchestrator.api.model.apps.ReplicaSet;
import dev.orchestrator.api.model.core.Pod;
import dev.orchestrator.runtime.loop.Outcome;
import dev.orchestrator.runtime.store.ObjectStore;

/** One look at one deployment: what it finds, decides and does. */
final class RolloutPass {

    private final ObjectStore store;
    private final DeploymentWriter writer;
    private final Instant now;
    private final DeploymentStatus stored;
    private Deployment deployment;
    private List<ReplicaSet> sets;

    RolloutPass(ObjectStore store, DeploymentWriter writer, Deployment deployment, List<ReplicaSet> sets, Instant now) {
        this.store = store;
        this.writer = writer;
        this.deployment = deployment;
        this.stored = deployment.status();
        this.sets = sets;
        this.now = now;
    }

    Outcome run() {
        if (deployment.metadata().isTerminating()) {
            return report(RolloutStatus.counts(reported(), now));
        }
        RolloutStatus.pause(deployment, now).ifPresent(this::note);
        describeCurrent();
        if (deployment.spec().paused()) {
            return scale();
        }
        OptionalLong rollback = RollbackRequest.of(deployment);
        if (rollback.isPresent()) {
            RollbackRequest.answer(writer, deployment, sets, rollback.getAsLong());
            return Outcome.done();
        }
        if (ScalingPlan.isDue(reported())) {
            return scale();
        }
        return RollingBounds.isRolling(deployment) ? roll() : recreate();
    }

    // ---- what there is ----

    private RolloutState reported() {
        return RolloutState.of(deployment, sets, ReplicaSetState::reported);
    }

    /** Reports lag behind, so nothing is resized before the pods themselves have been counted. */
    private RolloutState counted() {
        return RolloutState.of(
                deployment,
                sets,
                set -> ReplicaSetState.counted(
                        set, store.podsControlledBy(set.metadata().uidOrEmpty()), now));
    }

    // ---- the ways to go on ----

    private Outcome scale() {
        if (hasEffect(ScalingPlan.of(reported()))) {
            resize(ScalingPlan.of(counted()));
        }
        if (deployment.spec().paused()) {
            forgetOldVersions();
        }
        return report(RolloutStatus.counts(reported(), now));
    }

    private boolean hasEffect(List<Resize> plan) {
        return plan.stream()
                .anyMatch(resize -> resize.growth() != 0
                        || RolloutAnnotations.desiredReplicas(resize.set()).orElse(-1) != deployment.desiredReplicas());
    }

    private Outcome roll() {
        Optional<Outcome> obstacle = createCurrent();
        if (obstacle.isPresent()) {
            return obstacle.get();
        }
        if (!RollingPlan.of(reported()).isEmpty()) {
            resize(RollingPlan.of(counted()));
        }
        return reportProgress();
    }

    private Outcome recreate() {
        List<Resize> emptied = RecreatePlan.emptyOld(reported());
        if (!emptied.isEmpty()) {
            resize(emptied);
            return reportProgress();
        }
        var oldPods = new ArrayList<Pod>();
        for (ReplicaSetState old : reported().old()) {
            oldPods.addAll(store.podsControlledBy(old.set().metadata().uidOrEmpty()));
        }
        if (RecreatePlan.mustWait(reported(), oldPods)) {
            return reportProgress();
        }
        Optional<Outcome> obstacle = createCurrent();
        if (obstacle.isPresent()) {
            return obstacle.get();
        }
        resize(RecreatePlan.fillCurrent(reported()));
        return reportProgress();
    }

    private void resize(List<Resize> plan) {
        for (ReplicaSet resized : writer.resize(deployment, plan)) {
            replace(resized);
        }
    }

    private void replace(ReplicaSet changed) {
        sets = sets.stream()
                .map(set ->
                        set.metadata().uidOrEmpty().equals(changed.metadata().uidOrEmpty()) ? changed : set)
                .toList();
    }

    private void forgetOldVersions() {
        for (ReplicaSet surplus : RevisionHistory.surplus(deployment, reported().old())) {
            writer.delete(surplus);
        }
    }

    // ---- the present version ----

    private long nextRevision(RolloutState state) {
        return 1
                + RolloutAnnotations.maxRevision(
                        state.old().stream().map(ReplicaSetState::set).toList());
    }

    private void describeCurrent() {
        RolloutState state = reported();
        if (state.current() == null) {
            return;
        }
        ReplicaSet current = state.current().set();
        long revision = nextRevision(state);
        Map<String, String> annotations =
                RolloutAnnotations.current(deployment, current.metadata().annotations(), revision);
        if (!annotations.equals(current.metadata().annotations())
                || current.spec().minReadySeconds() != deployment.spec().minReadySeconds()) {
            current = writer.describe(deployment, current, revision);
            replace(current);
        }
        number(annotations.getOrDefault(RolloutAnnotations.REVISION, ""));
        boolean first = deployment.condition(DeploymentConditions.PROGRESSING).isEmpty();
        if (first && RolloutStatus.deadline(deployment).isPresent()) {
            note(progressing("True", DeploymentConditions.FOUND, "Found new replica set \"" + name(current) + "\""));
        }
    }

    private void number(String revision) {
        if (!revision.equals(deployment.metadata().annotations().get(RolloutAnnotations.REVISION))) {
            writer.number(deployment, revision);
        }
    }

    /** {@return how the pass ends if there is no replica set of the present template; empty if there is one} */
    private Optional<Outcome> createCurrent() {
        if (reported().current() != null) {
            return Optional.empty();
        }
        RolloutState state = counted();
        long revision = nextRevision(state);
        ReplicaSet wanted = NewReplicaSet.of(deployment, RollingPlan.firstSize(state), revision);
        try {
            Optional<ReplicaSet> created = writer.create(deployment, wanted);
            if (created.isEmpty()) {
                return Optional.of(Outcome.done());
            }
            var all = new ArrayList<>(sets);
            all.add(created.get());
            sets = List.copyOf(all);
            number(Long.toString(revision));
            if (RolloutStatus.deadline(deployment).isPresent()) {
                note(progressing(
                        "True",
                        DeploymentConditions.CREATED,
                        "Created new replica set \"" + name(created.get()) + "\""));
            }
            return Optional.empty();
        } catch (ApiException e) {
            return Optional.of(e.reason() == Reason.ALREADY_EXISTS ? nameTaken() : cannotCreate(wanted, e));
        }
    }

    /** Another template hashes to the same name, or a stranger has it: the next pass takes another name. */
    private Outcome nameTaken() {
        Integer collisions = deployment.status().collisionCount();
        report(DeploymentStatusBuilder.builder(deployment.status())
                .collisionCount(collisions == null ? 1 : collisions + 1)
                .build());
        return Outcome.retry();
    }

    private Outcome cannotCreate(ReplicaSet wanted, ApiException refusal) {
        String message = "Failed to create new replica set \"" + name(wanted) + "\": " + refusal.getMessage();
        if (RolloutStatus.deadline(deployment).isPresent()) {
            note(progressing("False", DeploymentConditions.CREATE_ERROR, message));
        }
        writer.tell(deployment, "Warning", DeploymentConditions.CREATE_ERROR, message);
        report(deployment.status());
        return Outcome.retry();
    }

    private static String name(ReplicaSet set) {
        return set.metadata().nameOrEmpty();
    }

    // ---- what people are told ----

    private DeploymentCondition progressing(String status, String reason, String message) {
        return DeploymentConditions.of(DeploymentConditions.PROGRESSING, status, reason, message, now);
    }

    private void note(DeploymentCondition condition) {
        DeploymentStatus status = deployment.status();
        deployment = DeploymentBuilder.builder(deployment)
                .status(DeploymentStatusBuilder.builder(status)
                        .conditions(DeploymentConditions.with(status.conditions(), condition))
                        .build())
                .build();
    }

    private Outcome reportProgress() {
        DeploymentStatus status = RolloutStatus.progress(reported(), now);
        if (RolloutStatus.isComplete(deployment, status)) {
            forgetOldVersions();
        }
        return report(status);
    }

    private Outcome report(DeploymentStatus status) {
        if (!status.equals(stored)) {
            writer.report(deployment, status);
        }
        Deployment reported =
                DeploymentBuilder.builder(deployment).status(status).build();
        return RolloutStatus.nextCheck(reported, now)
                .map(delay -> Outcome.after(delay.isPositive() ? delay : Duration.ofSeconds(1)))
                .orElseGet(Outcome::done);
    }
}
