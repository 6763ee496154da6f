package dev.orchestrator.runtime.admission.pod;

import java.util.HashMap;
import java.util.Map;

import dev.orchestrator.api.ApiException;
import dev.orchestrator.api.ApiException.Reason;
import dev.orchestrator.api.model.core.EphemeralContainer;
import dev.orchestrator.api.model.core.Pod;
import dev.orchestrator.api.model.core.PodSpec;
import dev.orchestrator.api.model.meta.StatusDetailsBuilder;
import dev.orchestrator.runtime.admission.field.FieldErrors;
import dev.orchestrator.runtime.admission.field.FieldPath;
import dev.orchestrator.runtime.admission.field.Zero;
import dev.orchestrator.runtime.admission.kind.MetadataRules;
import dev.orchestrator.runtime.admission.kind.Validator;
import dev.orchestrator.runtime.store.WriteRequest.Subresource;

import static dev.orchestrator.runtime.admission.kind.Identity.same;

/** The rules of pods. */
final class PodValidation implements Validator<Pod> {

    private static final FieldPath SPEC = FieldPath.of("spec");
    private static final FieldPath ANNOTATIONS = MetadataRules.METADATA.child("annotations");

    private final PodSpecs specs;

    PodValidation(PodSpecs specs) {
        this.specs = specs;
    }

    @Override
    public void validateCreate(Pod pod, FieldErrors errors) {
        validate(pod, errors);
        PodSpec spec = pod.spec();
        if (!spec.ephemeralContainers().isEmpty()) {
            errors.forbidden(SPEC.child("ephemeralContainers"), "cannot be set on create");
        }
        if (!Zero.isEmpty(spec.nodeName()) && !spec.schedulingGates().isEmpty()) {
            errors.forbidden(SPEC.child("nodeName"), "cannot be set until all schedulingGates have been cleared");
        }
    }

    private void validate(Pod pod, FieldErrors errors) {
        PodSpec spec = pod.spec();
        PodAnnotations.validate(pod.metadata().annotations(), spec, ANNOTATIONS, errors);
        specs.validate(spec, SpecKind.POD, SPEC, errors);
        if (!spec.volumes().isEmpty()) {
            VolumeValidation.claimsOf(pod.metadata().nameOrEmpty(), spec.volumes(), SPEC.child("volumes"), errors);
        }
    }

    @Override
    public void validateUpdate(Pod old, Pod updated, FieldErrors errors) {
        annotations(old, updated, errors);
        if (same(old.spec(), updated.spec())) {
            return;
        }
        validate(updated, errors);
        new PodUpdateValidation(old.spec(), updated.spec(), errors).validate();
    }

    private static void annotations(Pod old, Pod updated, FieldErrors errors) {
        Map<String, String> before = old.metadata().annotations();
        Map<String, String> after = updated.metadata().annotations();
        if (!same(before, after)) {
            PodAnnotations.validateUpdate(before, after, ANNOTATIONS, errors);
            PodAnnotations.validate(after, updated.spec(), ANNOTATIONS, errors);
        }
    }

    @Override
    public void validateStatusUpdate(Pod old, Pod updated, FieldErrors errors) {
        annotations(old, updated, errors);
        new PodStatusValidation(old, updated, errors).validate();
    }

    @Override
    public void validateSubresource(Subresource part, Pod old, Pod updated, FieldErrors errors) {
        switch (part) {
            case BINDING -> binding(old, updated, errors);
            case EPHEMERAL_CONTAINERS -> {
                validate(updated, errors);
                ephemeralContainers(old, updated, errors);
            }
            case RESIZE -> {
                validate(updated, errors);
                new PodResizeValidation(old.spec(), updated.spec(), errors).validate();
            }
            case MAIN, SCALE, FINALIZE -> validateUpdate(old, updated, errors);
            case STATUS -> validateStatusUpdate(old, updated, errors);
        }
    }

    private static void binding(Pod old, Pod updated, FieldErrors errors) {
        String name = old.metadata().nameOrEmpty();
        if (old.metadata().isTerminating()) {
            throw notBound(name, "pod " + name + " is being deleted, cannot be assigned to a host");
        }
        String node = Zero.text(old.spec().nodeName());
        if (!node.isEmpty()) {
            throw notBound(name, "pod " + name + " is already assigned to node \"" + node + "\"");
        }
        if (!old.spec().schedulingGates().isEmpty()) {
            throw notBound(name, "pod " + name + " has non-empty .spec.schedulingGates");
        }
        errors.requireText(FieldPath.of("target").child("name"), updated.spec().nodeName());
    }

    private static ApiException notBound(String name, String why) {
        return ApiException.of(
                Reason.CONFLICT,
                "Operation cannot be fulfilled on pods/binding \"" + name + "\": " + why,
                StatusDetailsBuilder.builder().name(name).kind("pods/binding").build(),
                null);
    }

    private static void ephemeralContainers(Pod old, Pod updated, FieldErrors errors) {
        FieldPath path = SPEC.child("ephemeralContainers");
        Map<String, EphemeralContainer> after = new HashMap<>();
        updated.spec().ephemeralContainers().forEach(container -> after.put(container.name(), container));
        for (EphemeralContainer before : old.spec().ephemeralContainers()) {
            EphemeralContainer is = after.get(before.name());
            String existing = "existing ephemeral containers \"" + before.name() + "\" may not be ";
            if (is == null) {
                errors.forbidden(path, existing + "removed\n");
            } else if (!before.equals(is)) {
                errors.forbidden(path, existing + "changed\n" + SpecDifference.of(before, is));
            }
        }
    }
}
