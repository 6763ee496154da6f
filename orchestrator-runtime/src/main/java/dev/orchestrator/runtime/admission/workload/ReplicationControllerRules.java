package dev.orchestrator.runtime.admission.workload;

import java.util.LinkedHashMap;
import java.util.Map;

import dev.orchestrator.api.model.ResourceTypes;
import dev.orchestrator.api.model.core.PodTemplateSpec;
import dev.orchestrator.api.model.core.ReplicationController;
import dev.orchestrator.api.model.core.ReplicationControllerSpec;
import dev.orchestrator.api.model.core.ReplicationControllerStatus;
import dev.orchestrator.api.model.meta.LabelSelector;
import dev.orchestrator.api.model.meta.ObjectMeta;
import dev.orchestrator.runtime.admission.field.FieldErrors;
import dev.orchestrator.runtime.admission.kind.KindRules;
import dev.orchestrator.runtime.admission.kind.Validator;
import dev.orchestrator.runtime.admission.pod.PodSpecs;

import static dev.orchestrator.runtime.admission.kind.Identity.mappedOrNull;
import static dev.orchestrator.runtime.admission.kind.Identity.same;
import static dev.orchestrator.runtime.admission.workload.Replicated.SPEC;

/** Defaults and rules of replication controllers, whose selector and labels default to those of the template. */
record ReplicationControllerRules(PodSpecs specs) implements Validator<ReplicationController> {

    static KindRules<ReplicationController> of(PodSpecs specs) {
        var rules = new ReplicationControllerRules(specs);
        return KindRules.of(ResourceTypes.REPLICATION_CONTROLLER, rules::withDefaults, rules);
    }

    private ReplicationController withDefaults(ReplicationController controller) {
        ReplicationControllerSpec given = controller.spec();
        PodTemplateSpec template = mappedOrNull(given.template(), specs::withDefaults);
        Map<String, String> labels =
                template == null ? Map.of() : template.metadata().labels();
        Map<String, String> selector = given.selector().isEmpty() ? labels : given.selector();
        ObjectMeta metadata = Replicated.labelledLike(controller.metadata(), labels);
        boolean complete = given.replicas() != null
                && same(template, given.template())
                && selector.equals(given.selector())
                && same(metadata, controller.metadata());
        if (complete) {
            return controller;
        }
        var spec = new ReplicationControllerSpec(
                given.minReadySeconds(), given.replicas() == null ? 1 : given.replicas(), selector, template);
        return new ReplicationController(metadata, spec, controller.status());
    }

    @Override
    public void validateCreate(ReplicationController controller, FieldErrors errors) {
        ReplicationControllerSpec spec = controller.spec();
        errors.nonNegative(SPEC.child("minReadySeconds"), spec.minReadySeconds());
        if (spec.selector().isEmpty()) {
            errors.required(SPEC.child("selector"));
        }
        errors.nonNegative(SPEC.child("replicas"), spec.replicas());
        if (spec.template() == null) {
            errors.required(SPEC.child("template"));
            return;
        }
        var selector = new LabelSelector(java.util.List.of(), spec.selector());
        Replicated.template(spec.template(), selector, "ReplicationController", specs, errors);
    }

    @Override
    public void validateUpdate(ReplicationController old, ReplicationController updated, FieldErrors errors) {
        if (!same(old.spec(), updated.spec())) {
            validateCreate(updated, errors);
        }
    }

    @Override
    public void validateStatusUpdate(ReplicationController old, ReplicationController updated, FieldErrors errors) {
        ReplicationControllerStatus status = updated.status();
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
