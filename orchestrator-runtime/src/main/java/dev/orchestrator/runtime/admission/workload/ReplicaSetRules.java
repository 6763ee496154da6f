package dev.orchestrator.runtime.admission.workload;

import java.util.LinkedHashMap;
import java.util.Map;

import dev.orchestrator.api.model.ResourceTypes;
import dev.orchestrator.api.model.apps.ReplicaSet;
import dev.orchestrator.api.model.apps.ReplicaSetSpec;
import dev.orchestrator.api.model.apps.ReplicaSetSpecBuilder;
import dev.orchestrator.api.model.apps.ReplicaSetStatus;
import dev.orchestrator.api.model.core.PodTemplateSpec;
import dev.orchestrator.runtime.admission.field.FieldErrors;
import dev.orchestrator.runtime.admission.kind.KindRules;
import dev.orchestrator.runtime.admission.kind.Validator;
import dev.orchestrator.runtime.admission.pod.PodSpecs;

import static dev.orchestrator.runtime.admission.kind.Identity.same;
import static dev.orchestrator.runtime.admission.workload.Replicated.SPEC;

/** Defaults and rules of replica sets. */
record ReplicaSetRules(PodSpecs specs) implements Validator<ReplicaSet> {

    static KindRules<ReplicaSet> of(PodSpecs specs) {
        var rules = new ReplicaSetRules(specs);
        return KindRules.of(ResourceTypes.REPLICA_SET, rules::withDefaults, rules);
    }

    private ReplicaSet withDefaults(ReplicaSet set) {
        ReplicaSetSpec given = set.spec();
        PodTemplateSpec template = specs.withDefaults(given.template());
        if (given.replicas() != null && same(template, given.template())) {
            return set;
        }
        ReplicaSetSpec spec = ReplicaSetSpecBuilder.builder(given)
                .replicas(given.replicas() == null ? 1 : given.replicas())
                .template(template)
                .build();
        return new ReplicaSet(set.metadata(), spec, set.status());
    }

    @Override
    public void validateCreate(ReplicaSet set, FieldErrors errors) {
        ReplicaSetSpec spec = set.spec();
        errors.nonNegative(SPEC.child("replicas"), spec.replicas());
        errors.nonNegative(SPEC.child("minReadySeconds"), spec.minReadySeconds());
        Replicated.selector(spec.selector(), "deployment", errors);
        Replicated.template(spec.template(), spec.selector(), "ReplicaSet", specs, errors);
    }

    @Override
    public void validateUpdate(ReplicaSet old, ReplicaSet updated, FieldErrors errors) {
        if (same(old.spec(), updated.spec())) {
            return;
        }
        validateCreate(updated, errors);
        errors.immutable(
                SPEC.child("selector"), updated.spec().selector(), old.spec().selector());
    }

    @Override
    public void validateStatusUpdate(ReplicaSet old, ReplicaSet updated, FieldErrors errors) {
        ReplicaSetStatus status = updated.status();
        Map<String, Number> counts = new LinkedHashMap<>();
        counts.put("replicas", status.replicas());
        counts.put("fullyLabeledReplicas", status.fullyLabeledReplicas());
        counts.put("readyReplicas", status.readyReplicas());
        counts.put("availableReplicas", status.availableReplicas());
        counts.put("observedGeneration", status.observedGeneration());
        Replicated.counts(counts, errors);
        String all = "status.replicas";
        Replicated.notAbove("fullyLabeledReplicas", status.fullyLabeledReplicas(), status.replicas(), all, errors);
        Replicated.notAbove("readyReplicas", status.readyReplicas(), status.replicas(), all, errors);
        Replicated.notAbove("availableReplicas", status.availableReplicas(), status.replicas(), all, errors);
        Replicated.notAbove(
                "availableReplicas", status.availableReplicas(), status.readyReplicas(), "readyReplicas", errors);
    }
}
