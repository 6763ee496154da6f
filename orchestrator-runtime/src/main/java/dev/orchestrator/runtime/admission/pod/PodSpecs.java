package dev.orchestrator.runtime.admission.pod;

import java.util.Map;

import dev.orchestrator.api.model.core.PodSpec;
import dev.orchestrator.api.model.core.PodStatus;
import dev.orchestrator.api.model.core.PodTemplateSpec;
import dev.orchestrator.runtime.admission.field.FieldErrors;
import dev.orchestrator.runtime.admission.field.FieldPath;
import dev.orchestrator.runtime.admission.kind.MetadataRules;

import static dev.orchestrator.runtime.admission.kind.Identity.same;

/**
 * Defaults and rules of pod specs, each answered once for an instance.
 *
 * <p>A workload stamps pods from one template instance, so what admission makes of the template's spec is found again
 * for every pod, and all its pods share one instance.
 */
public final class PodSpecs {

    private final SpecMemo<PodSpec, SpecKind, PodSpec> defaulted = new SpecMemo<>();
    private final SpecMemo<PodSpec, SpecKind, Boolean> valid = new SpecMemo<>();
    private final SpecMemo<PodSpec, Boolean, PodStatus> newborn = new SpecMemo<>();
    private final SpecMemo<PodSpec, Map<String, String>, PodSpec> merged = new SpecMemo<>();

    PodSpec withDefaults(PodSpec spec, SpecKind kind) {
        PodSpec known = defaulted.find(spec, kind);
        if (known != null) {
            return known;
        }
        PodSpec result = PodSpecDefaults.of(spec, kind);
        defaulted.remember(spec, kind, result);
        if (!same(spec, result)) {
            defaulted.remember(result, kind, result);
        }
        return result;
    }

    void validate(PodSpec spec, SpecKind kind, FieldPath path, FieldErrors errors) {
        if (valid.find(spec, kind) != null) {
            return;
        }
        int before = errors.count();
        new PodSpecValidation(spec, kind, errors).validate(path);
        if (errors.count() == before) {
            valid.remember(spec, kind, true);
        }
    }

    /** {@return the status that a pod of this spec begins with} */
    PodStatus newborn(PodSpec spec) {
        PodStatus known = newborn.find(spec, true);
        if (known != null) {
            return known;
        }
        PodStatus status = NewbornPods.statusOf(spec);
        newborn.remember(spec, true, status);
        return status;
    }

    /** {@return the spec whose affinity names the values of the pod's own labels that it asks to match} */
    PodSpec withMatchedLabels(PodSpec spec, Map<String, String> labels) {
        if (spec.affinity() == null && spec.topologySpreadConstraints().isEmpty()) {
            return spec;
        }
        PodSpec known = merged.find(spec, labels);
        if (known != null) {
            return known;
        }
        PodSpec result = MatchedLabels.merge(spec, labels);
        merged.remember(spec, labels, result);
        return result;
    }

    /** {@return the template with the defaults of templates; the same instance when nothing is missing} */
    public PodTemplateSpec withDefaults(PodTemplateSpec template) {
        PodSpec spec = withDefaults(template.spec(), SpecKind.TEMPLATE);
        return same(spec, template.spec()) ? template : new PodTemplateSpec(template.metadata(), spec);
    }

    /** Checks the template of a workload. */
    public void validateTemplate(PodTemplateSpec template, FieldPath path, FieldErrors errors) {
        MetadataRules.labels(template.metadata().labels(), path.child("labels"), errors);
        MetadataRules.annotations(template.metadata().annotations(), path.child("annotations"), errors);
        PodAnnotations.validate(template.metadata().annotations(), template.spec(), path.child("annotations"), errors);
        validate(template.spec(), SpecKind.TEMPLATE, path.child("spec"), errors);
        if (!template.spec().ephemeralContainers().isEmpty()) {
            errors.forbidden(
                    path.child("spec", "ephemeralContainers"), "ephemeral containers not allowed in pod template");
        }
    }
}
