package dev.orchestrator.runtime.admission.workload;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.orchestrator.api.model.IntOrString;
import dev.orchestrator.api.model.ResourceTypes;
import dev.orchestrator.api.model.apps.DaemonSet;
import dev.orchestrator.api.model.apps.DaemonSetSpec;
import dev.orchestrator.api.model.apps.DaemonSetSpecBuilder;
import dev.orchestrator.api.model.apps.DaemonSetStatus;
import dev.orchestrator.api.model.apps.DaemonSetUpdateStrategy;
import dev.orchestrator.api.model.apps.RollingUpdateDaemonSet;
import dev.orchestrator.api.model.core.PodTemplateSpec;
import dev.orchestrator.api.model.meta.LabelSelector;
import dev.orchestrator.runtime.admission.field.FieldErrors;
import dev.orchestrator.runtime.admission.field.FieldPath;
import dev.orchestrator.runtime.admission.field.Zero;
import dev.orchestrator.runtime.admission.kind.KindRules;
import dev.orchestrator.runtime.admission.kind.LabelSelectorRules;
import dev.orchestrator.runtime.admission.kind.Validator;
import dev.orchestrator.runtime.admission.pod.PodSpecs;
import org.jspecify.annotations.Nullable;

import static dev.orchestrator.runtime.admission.kind.Identity.same;
import static dev.orchestrator.runtime.admission.workload.Replicated.SPEC;

/** Defaults and rules of daemon sets. */
record DaemonSetRules(PodSpecs specs) implements Validator<DaemonSet> {

    private static final String ROLLING = "RollingUpdate";
    private static final String ON_DELETE = "OnDelete";
    private static final IntOrString ONE = IntOrString.of(1);
    private static final IntOrString NONE = IntOrString.of(0);

    static KindRules<DaemonSet> of(PodSpecs specs) {
        var rules = new DaemonSetRules(specs);
        return KindRules.of(ResourceTypes.DAEMON_SET, rules::withDefaults, rules);
    }

    private DaemonSet withDefaults(DaemonSet set) {
        DaemonSetSpec given = set.spec();
        PodTemplateSpec template = specs.withDefaults(given.template());
        DaemonSetUpdateStrategy strategy = strategy(given.updateStrategy());
        boolean complete = given.revisionHistoryLimit() != null
                && same(template, given.template())
                && same(strategy, given.updateStrategy());
        if (complete) {
            return set;
        }
        DaemonSetSpec spec = DaemonSetSpecBuilder.builder(given)
                .revisionHistoryLimit(given.revisionHistoryLimit() == null ? 10 : given.revisionHistoryLimit())
                .template(template)
                .updateStrategy(strategy)
                .build();
        return new DaemonSet(set.metadata(), spec, set.status());
    }

    private static DaemonSetUpdateStrategy strategy(DaemonSetUpdateStrategy given) {
        String type = Zero.isEmpty(given.type()) ? ROLLING : given.type();
        if (!ROLLING.equals(type)) {
            return given;
        }
        RollingUpdateDaemonSet rolling = given.rollingUpdate();
        if (rolling != null && rolling.maxSurge() != null && rolling.maxUnavailable() != null) {
            return same(type, given.type()) ? given : new DaemonSetUpdateStrategy(rolling, type);
        }
        IntOrString surge = rolling == null ? null : rolling.maxSurge();
        IntOrString unavailable = rolling == null ? null : rolling.maxUnavailable();
        return new DaemonSetUpdateStrategy(
                new RollingUpdateDaemonSet(surge == null ? NONE : surge, unavailable == null ? ONE : unavailable),
                type);
    }

    @Override
    public void validateCreate(DaemonSet set, FieldErrors errors) {
        DaemonSetSpec spec = set.spec();
        LabelSelector selector = spec.selector();
        FieldPath path = SPEC.child("selector");
        if (selector == null) {
            errors.required(path);
        }
        LabelSelectorRules.validate(selector, path, errors);
        boolean matches = selector == null
                || !LabelSelectorRules.isUsable(selector)
                || LabelSelectorRules.matches(
                        selector, spec.template().metadata().labels());
        if (!matches) {
            errors.invalid(
                    SPEC.child("template").child("metadata", "labels"),
                    spec.template().metadata().labels(),
                    "`selector` does not match template `labels`");
        }
        if (selector != null && LabelSelectorRules.isEmpty(selector)) {
            errors.invalid(path, selector, "empty selector is invalid for daemonset");
        }
        specs.validateTemplate(spec.template(), SPEC.child("template"), errors);
        Replicated.restartsAlways(spec.template(), errors);
        if (spec.template().spec().activeDeadlineSeconds() != null) {
            errors.forbidden(
                    SPEC.child("template").child("spec", "activeDeadlineSeconds"),
                    "activeDeadlineSeconds in DaemonSet is not Supported");
        }
        errors.nonNegative(SPEC.child("minReadySeconds"), spec.minReadySeconds());
        strategy(spec.updateStrategy(), SPEC.child("updateStrategy"), errors);
        errors.nonNegative(SPEC.child("revisionHistoryLimit"), spec.revisionHistoryLimit());
    }

    private static void strategy(DaemonSetUpdateStrategy strategy, FieldPath path, FieldErrors errors) {
        switch (Zero.text(strategy.type())) {
            case ON_DELETE -> {}
            case ROLLING -> rolling(strategy.rollingUpdate(), path.child("rollingUpdate"), errors);
            default -> errors.notSupported(path, strategy, List.of(ROLLING, ON_DELETE));
        }
    }

    private static void rolling(@Nullable RollingUpdateDaemonSet rolling, FieldPath path, FieldErrors errors) {
        if (rolling == null) {
            errors.required(path);
            return;
        }
        boolean surges = Replicated.countOrPercentOf(rolling.maxSurge()) != 0;
        boolean lacks = Replicated.countOrPercentOf(rolling.maxUnavailable()) != 0;
        Replicated.countOrPercent(rolling.maxUnavailable(), path.child("maxUnavailable"), errors);
        Replicated.countOrPercent(rolling.maxSurge(), path.child("maxSurge"), errors);
        Replicated.notMoreThanAll(rolling.maxUnavailable(), path.child("maxUnavailable"), errors);
        Replicated.notMoreThanAll(rolling.maxSurge(), path.child("maxSurge"), errors);
        if (surges && lacks) {
            errors.invalid(
                    path.child("maxSurge"), rolling.maxSurge(), "may not be set when maxUnavailable is non-zero");
        }
        if (!surges && !lacks) {
            errors.required(path.child("maxUnavailable"), "cannot be 0 when maxSurge is 0");
        }
    }

    @Override
    public void validateUpdate(DaemonSet old, DaemonSet updated, FieldErrors errors) {
        if (same(old.spec(), updated.spec())) {
            return;
        }
        validateCreate(updated, errors);
        errors.immutable(
                SPEC.child("selector"), updated.spec().selector(), old.spec().selector());
    }

    @Override
    public void validateStatusUpdate(DaemonSet old, DaemonSet updated, FieldErrors errors) {
        DaemonSetStatus status = updated.status();
        Map<String, Number> counts = new LinkedHashMap<>();
        counts.put("currentNumberScheduled", status.currentNumberScheduled());
        counts.put("numberMisscheduled", status.numberMisscheduled());
        counts.put("desiredNumberScheduled", status.desiredNumberScheduled());
        counts.put("numberReady", status.numberReady());
        counts.put("observedGeneration", status.observedGeneration());
        counts.put("updatedNumberScheduled", status.updatedNumberScheduled());
        counts.put("numberAvailable", status.numberAvailable());
        counts.put("numberUnavailable", status.numberUnavailable());
        Replicated.counts(counts, errors);
        Replicated.collisions(old.status().collisionCount(), status.collisionCount(), errors);
    }
}
