package dev.orchestrator.runtime.admission.workload;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.orchestrator.api.model.ResourceTypes;
import dev.orchestrator.api.model.apps.RollingUpdateStatefulSetStrategy;
import dev.orchestrator.api.model.apps.StatefulSet;
import dev.orchestrator.api.model.apps.StatefulSetPersistentVolumeClaimRetentionPolicy;
import dev.orchestrator.api.model.apps.StatefulSetSpec;
import dev.orchestrator.api.model.apps.StatefulSetSpecBuilder;
import dev.orchestrator.api.model.apps.StatefulSetStatus;
import dev.orchestrator.api.model.apps.StatefulSetUpdateStrategy;
import dev.orchestrator.api.model.core.PersistentVolumeClaim;
import dev.orchestrator.api.model.core.PersistentVolumeClaimSpecBuilder;
import dev.orchestrator.api.model.core.PersistentVolumeClaimStatusBuilder;
import dev.orchestrator.api.model.core.PodTemplateSpec;
import dev.orchestrator.runtime.admission.field.FieldErrors;
import dev.orchestrator.runtime.admission.field.FieldPath;
import dev.orchestrator.runtime.admission.field.Names;
import dev.orchestrator.runtime.admission.field.Zero;
import dev.orchestrator.runtime.admission.kind.KindRules;
import dev.orchestrator.runtime.admission.kind.LabelSelectorRules;
import dev.orchestrator.runtime.admission.kind.MetadataRules;
import dev.orchestrator.runtime.admission.kind.Validator;
import dev.orchestrator.runtime.admission.pod.PodSpecs;
import org.jspecify.annotations.Nullable;

import static dev.orchestrator.runtime.admission.kind.Identity.mapped;
import static dev.orchestrator.runtime.admission.kind.Identity.same;
import static dev.orchestrator.runtime.admission.workload.Replicated.SPEC;

/** Defaults and rules of stateful sets. */
record StatefulSetRules(PodSpecs specs) implements Validator<StatefulSet> {

    private static final String ROLLING = "RollingUpdate";
    private static final String ON_DELETE = "OnDelete";
    private static final String RETAIN = "Retain";
    private static final List<String> RETENTIONS = List.of("Delete", RETAIN);
    private static final RollingUpdateStatefulSetStrategy FROM_ZERO = new RollingUpdateStatefulSetStrategy(null, 0);
    private static final StatefulSetPersistentVolumeClaimRetentionPolicy RETAIN_ALL =
            new StatefulSetPersistentVolumeClaimRetentionPolicy(RETAIN, RETAIN);

    static KindRules<StatefulSet> of(PodSpecs specs) {
        var rules = new StatefulSetRules(specs);
        return KindRules.of(ResourceTypes.STATEFUL_SET, rules::withDefaults, rules);
    }

    private StatefulSet withDefaults(StatefulSet set) {
        StatefulSetSpec given = set.spec();
        PodTemplateSpec template = specs.withDefaults(given.template());
        StatefulSetUpdateStrategy strategy = strategy(given.updateStrategy());
        var retention = retention(given.persistentVolumeClaimRetentionPolicy());
        List<PersistentVolumeClaim> claims = mapped(given.volumeClaimTemplates(), StatefulSetRules::claim);
        boolean complete = given.replicas() != null
                && given.revisionHistoryLimit() != null
                && !Zero.isEmpty(given.podManagementPolicy())
                && same(template, given.template())
                && same(strategy, given.updateStrategy())
                && same(retention, given.persistentVolumeClaimRetentionPolicy())
                && same(claims, given.volumeClaimTemplates());
        if (complete) {
            return set;
        }
        StatefulSetSpec spec = StatefulSetSpecBuilder.builder(given)
                .replicas(given.replicas() == null ? 1 : given.replicas())
                .revisionHistoryLimit(given.revisionHistoryLimit() == null ? 10 : given.revisionHistoryLimit())
                .podManagementPolicy(
                        Zero.isEmpty(given.podManagementPolicy()) ? "OrderedReady" : given.podManagementPolicy())
                .persistentVolumeClaimRetentionPolicy(retention)
                .template(template)
                .updateStrategy(strategy)
                .volumeClaimTemplates(claims)
                .build();
        return new StatefulSet(set.metadata(), spec, set.status());
    }

    private static PersistentVolumeClaim claim(PersistentVolumeClaim claim) {
        if (claim.spec().volumeMode() != null && !Zero.isEmpty(claim.status().phase())) {
            return claim;
        }
        var spec = claim.spec().volumeMode() != null
                ? claim.spec()
                : PersistentVolumeClaimSpecBuilder.builder(claim.spec())
                        .volumeMode("Filesystem")
                        .build();
        var status = !Zero.isEmpty(claim.status().phase())
                ? claim.status()
                : PersistentVolumeClaimStatusBuilder.builder(claim.status())
                        .phase("Pending")
                        .build();
        return new PersistentVolumeClaim(claim.metadata(), spec, status);
    }

    private static StatefulSetPersistentVolumeClaimRetentionPolicy retention(
            @Nullable StatefulSetPersistentVolumeClaimRetentionPolicy given) {
        if (given == null) {
            return RETAIN_ALL;
        }
        if (!Zero.isEmpty(given.whenDeleted()) && !Zero.isEmpty(given.whenScaled())) {
            return given;
        }
        return new StatefulSetPersistentVolumeClaimRetentionPolicy(
                Zero.isEmpty(given.whenDeleted()) ? RETAIN : given.whenDeleted(),
                Zero.isEmpty(given.whenScaled()) ? RETAIN : given.whenScaled());
    }

    private static StatefulSetUpdateStrategy strategy(StatefulSetUpdateStrategy given) {
        if (Zero.isEmpty(given.type())) {
            // Without a type the partition starts anew, as in Kubernetes.
            return new StatefulSetUpdateStrategy(
                    given.rollingUpdate() == null ? FROM_ZERO : withPartition(given.rollingUpdate()), ROLLING);
        }
        RollingUpdateStatefulSetStrategy rolling = given.rollingUpdate();
        if (!ROLLING.equals(given.type()) || rolling == null || rolling.partition() != null) {
            return given;
        }
        return new StatefulSetUpdateStrategy(withPartition(rolling), ROLLING);
    }

    private static RollingUpdateStatefulSetStrategy withPartition(RollingUpdateStatefulSetStrategy rolling) {
        return rolling.partition() != null
                ? rolling
                : new RollingUpdateStatefulSetStrategy(rolling.maxUnavailable(), 0);
    }

    @Override
    public void validateCreate(StatefulSet set, FieldErrors errors) {
        String service = Zero.text(set.spec().serviceName());
        validate(set.spec(), errors);
        if (!service.isEmpty()) {
            errors.invalid(SPEC.child("serviceName"), service, Names.dnsLabel(service));
        }
    }

    private void validate(StatefulSetSpec spec, FieldErrors errors) {
        String management = Zero.text(spec.podManagementPolicy());
        if (management.isEmpty()) {
            errors.required(SPEC.child("podManagementPolicy"));
        } else if (!management.equals("OrderedReady") && !management.equals("Parallel")) {
            errors.invalid(SPEC.child("podManagementPolicy"), management, "must be 'OrderedReady' or 'Parallel'");
        }
        strategy(spec.updateStrategy(), SPEC.child("updateStrategy"), errors);
        retention(spec.persistentVolumeClaimRetentionPolicy(), errors);
        errors.nonNegative(SPEC.child("replicas"), spec.replicas());
        errors.nonNegative(SPEC.child("minReadySeconds"), spec.minReadySeconds());
        if (spec.ordinals() != null) {
            errors.nonNegative(
                    SPEC.child("ordinals").child("start"), spec.ordinals().start());
        }
        selector(spec, errors);
        template(spec.template(), errors);
        errors.nonNegative(SPEC.child("revisionHistoryLimit"), spec.revisionHistoryLimit());
    }

    private static void selector(StatefulSetSpec spec, FieldErrors errors) {
        FieldPath path = SPEC.child("selector");
        if (spec.selector() == null) {
            errors.required(path);
        } else {
            LabelSelectorRules.validate(spec.selector(), path, errors);
            if (LabelSelectorRules.isEmpty(spec.selector())) {
                errors.invalid(path, spec.selector(), "empty selector is invalid for statefulset");
            }
        }
        Replicated.selectedLabels(spec.template(), spec.selector(), errors);
    }

    // The claims are mounted as volumes that the template does not name, so its spec is not checked as a whole.
    private static void template(PodTemplateSpec template, FieldErrors errors) {
        FieldPath path = SPEC.child("template");
        MetadataRules.labels(template.metadata().labels(), path.child("labels"), errors);
        MetadataRules.annotations(template.metadata().annotations(), path.child("annotations"), errors);
        Replicated.restartsAlways(template, errors);
        if (template.spec().activeDeadlineSeconds() != null) {
            errors.forbidden(
                    path.child("spec", "activeDeadlineSeconds"),
                    "activeDeadlineSeconds in StatefulSet is not Supported");
        }
    }

    private static void strategy(StatefulSetUpdateStrategy strategy, FieldPath path, FieldErrors errors) {
        FieldPath rollingPath = path.child("rollingUpdate");
        RollingUpdateStatefulSetStrategy rolling = strategy.rollingUpdate();
        switch (Zero.text(strategy.type())) {
            case "" -> errors.required(path);
            case ON_DELETE -> {
                if (rolling != null) {
                    errors.invalid(rollingPath, rolling, "only allowed for updateStrategy '" + ROLLING + "'");
                }
            }
            case ROLLING -> {
                if (rolling != null) {
                    errors.nonNegative(rollingPath.child("partition"), rolling.partition());
                    maxUnavailable(rolling, rollingPath.child("maxUnavailable"), errors);
                }
            }
            default -> errors.invalid(path, strategy, "must be '" + ROLLING + "' or '" + ON_DELETE + "'");
        }
    }

    private static void maxUnavailable(RollingUpdateStatefulSetStrategy rolling, FieldPath path, FieldErrors errors) {
        if (rolling.maxUnavailable() == null) {
            return;
        }
        Replicated.countOrPercent(rolling.maxUnavailable(), path, errors);
        if (Replicated.countOrPercentOf(rolling.maxUnavailable()) == 0) {
            errors.invalid(path, rolling.maxUnavailable(), "cannot be 0");
        }
        Replicated.notMoreThanAll(rolling.maxUnavailable(), path, errors);
    }

    private static void retention(
            @Nullable StatefulSetPersistentVolumeClaimRetentionPolicy policy, FieldErrors errors) {
        FieldPath path = SPEC.child("persistentVolumeClaimRetentionPolicy");
        if (policy == null) {
            errors.required(path);
            return;
        }
        errors.supported(path.child("whenDeleted"), Zero.text(policy.whenDeleted()), RETENTIONS);
        errors.supported(path.child("whenScaled"), Zero.text(policy.whenScaled()), RETENTIONS);
    }

    @Override
    public void validateUpdate(StatefulSet old, StatefulSet updated, FieldErrors errors) {
        if (same(old.spec(), updated.spec())) {
            return;
        }
        validate(updated.spec(), errors);
        StatefulSetSpec changed = updated.spec();
        StatefulSetSpec otherwise = StatefulSetSpecBuilder.builder(old.spec())
                .replicas(changed.replicas())
                .template(changed.template())
                .updateStrategy(changed.updateStrategy())
                .minReadySeconds(changed.minReadySeconds())
                .ordinals(changed.ordinals())
                .revisionHistoryLimit(changed.revisionHistoryLimit())
                .persistentVolumeClaimRetentionPolicy(changed.persistentVolumeClaimRetentionPolicy())
                .build();
        if (!otherwise.equals(changed)) {
            errors.forbidden(
                    SPEC,
                    "updates to statefulset spec for fields other than 'replicas', 'ordinals', 'template',"
                            + " 'updateStrategy', 'persistentVolumeClaimRetentionPolicy' and 'minReadySeconds' are"
                            + " forbidden");
        }
    }

    @Override
    public void validateStatusUpdate(StatefulSet old, StatefulSet updated, FieldErrors errors) {
        StatefulSetStatus status = updated.status();
        Map<String, Number> counts = new LinkedHashMap<>();
        counts.put("replicas", status.replicas());
        counts.put("readyReplicas", status.readyReplicas());
        counts.put("currentReplicas", status.currentReplicas());
        counts.put("updatedReplicas", status.updatedReplicas());
        counts.put("availableReplicas", status.availableReplicas());
        counts.put("observedGeneration", status.observedGeneration());
        Replicated.counts(counts, errors);
        String all = "status.replicas";
        Replicated.notAbove("readyReplicas", status.readyReplicas(), status.replicas(), all, errors);
        Replicated.notAbove("currentReplicas", status.currentReplicas(), status.replicas(), all, errors);
        Replicated.notAbove("updatedReplicas", status.updatedReplicas(), status.replicas(), all, errors);
        Replicated.notAbove("availableReplicas", status.availableReplicas(), status.replicas(), all, errors);
        Replicated.notAbove(
                "availableReplicas",
                status.availableReplicas(),
                status.readyReplicas(),
                "status.readyReplicas",
                errors);
        Replicated.collisions(old.status().collisionCount(), status.collisionCount(), errors);
    }
}
