package dev.orchestrator.runtime.admission.workload;

import java.util.LinkedHashMap;
import java.util.Map;

import dev.orchestrator.api.model.IntOrString;
import dev.orchestrator.api.model.ResourceTypes;
import dev.orchestrator.api.model.apps.Deployment;
import dev.orchestrator.api.model.apps.DeploymentSpec;
import dev.orchestrator.api.model.apps.DeploymentSpecBuilder;
import dev.orchestrator.api.model.apps.DeploymentStatus;
import dev.orchestrator.api.model.apps.DeploymentStrategy;
import dev.orchestrator.api.model.apps.RollingUpdateDeployment;
import dev.orchestrator.api.model.core.PodTemplateSpec;
import dev.orchestrator.runtime.admission.field.FieldErrors;
import dev.orchestrator.runtime.admission.field.FieldPath;
import dev.orchestrator.runtime.admission.field.Zero;
import dev.orchestrator.runtime.admission.kind.KindRules;
import dev.orchestrator.runtime.admission.kind.Validator;
import dev.orchestrator.runtime.admission.pod.PodSpecs;
import org.jspecify.annotations.Nullable;

import static dev.orchestrator.runtime.admission.kind.Identity.same;
import static dev.orchestrator.runtime.admission.workload.Replicated.SPEC;

/** Defaults and rules of deployments. */
record DeploymentRules(PodSpecs specs) implements Validator<Deployment> {

    private static final IntOrString QUARTER = IntOrString.of("25%");
    private static final String ROLLING = "RollingUpdate";
    private static final String RECREATE = "Recreate";

    static KindRules<Deployment> of(PodSpecs specs) {
        var rules = new DeploymentRules(specs);
        return KindRules.of(ResourceTypes.DEPLOYMENT, rules::withDefaults, rules);
    }

    private Deployment withDefaults(Deployment deployment) {
        DeploymentSpec given = deployment.spec();
        PodTemplateSpec template = specs.withDefaults(given.template());
        DeploymentStrategy strategy = strategy(given.strategy());
        boolean complete = given.replicas() != null
                && given.revisionHistoryLimit() != null
                && given.progressDeadlineSeconds() != null
                && same(template, given.template())
                && same(strategy, given.strategy());
        if (complete) {
            return deployment;
        }
        DeploymentSpec spec = DeploymentSpecBuilder.builder(given)
                .replicas(given.replicas() == null ? 1 : given.replicas())
                .revisionHistoryLimit(given.revisionHistoryLimit() == null ? 10 : given.revisionHistoryLimit())
                .progressDeadlineSeconds(
                        given.progressDeadlineSeconds() == null ? 600 : given.progressDeadlineSeconds())
                .strategy(strategy)
                .template(template)
                .build();
        return new Deployment(deployment.metadata(), spec, deployment.status());
    }

    private static DeploymentStrategy strategy(DeploymentStrategy given) {
        String type = Zero.isEmpty(given.type()) ? ROLLING : given.type();
        if (!ROLLING.equals(type)) {
            return given;
        }
        RollingUpdateDeployment rolling = given.rollingUpdate();
        if (rolling != null && rolling.maxSurge() != null && rolling.maxUnavailable() != null) {
            return same(type, given.type()) ? given : new DeploymentStrategy(rolling, type);
        }
        IntOrString surge = rolling == null ? null : rolling.maxSurge();
        IntOrString unavailable = rolling == null ? null : rolling.maxUnavailable();
        return new DeploymentStrategy(
                new RollingUpdateDeployment(
                        surge == null ? QUARTER : surge, unavailable == null ? QUARTER : unavailable),
                type);
    }

    @Override
    public void validateCreate(Deployment deployment, FieldErrors errors) {
        DeploymentSpec spec = deployment.spec();
        errors.nonNegative(SPEC.child("replicas"), spec.replicas());
        Replicated.selector(spec.selector(), "deployment", errors);
        Replicated.template(spec.template(), spec.selector(), "ReplicaSet", specs, errors);
        strategy(spec.strategy(), SPEC.child("strategy"), errors);
        errors.nonNegative(SPEC.child("minReadySeconds"), spec.minReadySeconds());
        errors.nonNegative(SPEC.child("revisionHistoryLimit"), spec.revisionHistoryLimit());
        Integer deadline = spec.progressDeadlineSeconds();
        errors.nonNegative(SPEC.child("progressDeadlineSeconds"), deadline);
        if (deadline != null && deadline <= spec.minReadySeconds()) {
            errors.invalid(SPEC.child("progressDeadlineSeconds"), deadline, "must be greater than minReadySeconds");
        }
    }

    private static void strategy(DeploymentStrategy strategy, FieldPath path, FieldErrors errors) {
        String type = Zero.text(strategy.type());
        switch (type) {
            case RECREATE -> {
                if (strategy.rollingUpdate() != null) {
                    errors.forbidden(
                            path.child("rollingUpdate"), "may not be specified when strategy `type` is 'Recreate'");
                }
            }
            case ROLLING -> rolling(strategy.rollingUpdate(), path.child("rollingUpdate"), errors);
            default -> errors.notSupported(path, strategy, java.util.List.of(RECREATE, ROLLING));
        }
    }

    private static void rolling(@Nullable RollingUpdateDeployment rolling, FieldPath path, FieldErrors errors) {
        if (rolling == null) {
            errors.required(path, "this should be defaulted and never be nil");
            return;
        }
        FieldPath unavailable = path.child("maxUnavailable");
        Replicated.countOrPercent(rolling.maxUnavailable(), unavailable, errors);
        Replicated.countOrPercent(rolling.maxSurge(), path.child("maxSurge"), errors);
        boolean stuck = Replicated.countOrPercentOf(rolling.maxUnavailable()) == 0
                && Replicated.countOrPercentOf(rolling.maxSurge()) == 0;
        if (stuck) {
            errors.invalid(unavailable, rolling.maxUnavailable(), "may not be 0 when `maxSurge` is 0");
        }
        Replicated.notMoreThanAll(rolling.maxUnavailable(), unavailable, errors);
    }

    @Override
    public void validateUpdate(Deployment old, Deployment updated, FieldErrors errors) {
        if (same(old.spec(), updated.spec())) {
            return;
        }
        validateCreate(updated, errors);
        errors.immutable(
                SPEC.child("selector"), updated.spec().selector(), old.spec().selector());
    }

    @Override
    public void validateStatusUpdate(Deployment old, Deployment updated, FieldErrors errors) {
        DeploymentStatus status = updated.status();
        Map<String, Number> counts = new LinkedHashMap<>();
        counts.put("observedGeneration", status.observedGeneration());
        counts.put("replicas", status.replicas());
        counts.put("updatedReplicas", status.updatedReplicas());
        counts.put("readyReplicas", status.readyReplicas());
        counts.put("availableReplicas", status.availableReplicas());
        counts.put("unavailableReplicas", status.unavailableReplicas());
        Replicated.counts(counts, errors);
        String all = "status.replicas";
        Replicated.notAbove("updatedReplicas", status.updatedReplicas(), status.replicas(), all, errors);
        Replicated.notAbove("readyReplicas", status.readyReplicas(), status.replicas(), all, errors);
        Replicated.notAbove("availableReplicas", status.availableReplicas(), status.replicas(), all, errors);
        Replicated.notAbove(
                "availableReplicas", status.availableReplicas(), status.readyReplicas(), "readyReplicas", errors);
        Replicated.collisions(old.status().collisionCount(), status.collisionCount(), errors);
    }
}
