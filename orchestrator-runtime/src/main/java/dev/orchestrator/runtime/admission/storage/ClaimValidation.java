package dev.orchestrator.runtime.admission.storage;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

import dev.orchestrator.api.model.Quantity;
import dev.orchestrator.api.model.core.PersistentVolumeClaim;
import dev.orchestrator.api.model.core.PersistentVolumeClaimSpec;
import dev.orchestrator.api.model.core.PersistentVolumeClaimSpecBuilder;
import dev.orchestrator.api.model.core.PersistentVolumeClaimStatus;
import dev.orchestrator.api.model.core.VolumeResourceRequirements;
import dev.orchestrator.runtime.admission.field.FieldErrors;
import dev.orchestrator.runtime.admission.field.FieldPath;
import dev.orchestrator.runtime.admission.field.Zero;
import dev.orchestrator.runtime.admission.kind.Validator;
import dev.orchestrator.runtime.admission.pod.ResourceValidation;
import dev.orchestrator.runtime.admission.pod.SpecDifference;

import static dev.orchestrator.runtime.admission.kind.Identity.same;

/** The rules of claims: what was claimed does not change, except that a bound claim may grow. */
final class ClaimValidation implements Validator<PersistentVolumeClaim> {

    private static final FieldPath SPEC = FieldPath.of("spec");
    private static final FieldPath SIZE = SPEC.child("resources").child("requests", "storage");
    private static final FieldPath ATTRIBUTES_CLASS = SPEC.child("volumeAttributesClassName");
    private static final String STORAGE = "storage";
    private static final List<String> RESIZE_STATUSES = List.of(
            "ControllerResizeInProgress",
            "ControllerResizeInfeasible",
            "NodeResizePending",
            "NodeResizeInProgress",
            "NodeResizeInfeasible");

    @Override
    public void validateCreate(PersistentVolumeClaim claim, FieldErrors errors) {
        ClaimSpecValidation.validate(claim.spec(), SPEC, errors);
    }

    @Override
    public void validateUpdate(PersistentVolumeClaim old, PersistentVolumeClaim updated, FieldErrors errors) {
        if (same(old.spec(), updated.spec())) {
            return;
        }
        validateCreate(updated, errors);
        boolean bound = "Bound".equals(updated.status().phase());
        PersistentVolumeClaimSpec before = withLateChoices(old.spec(), updated.spec());
        PersistentVolumeClaimSpec after = bound ? withMutableFieldsOf(before, updated.spec()) : updated.spec();
        if (!before.equals(after)) {
            errors.forbidden(
                    SPEC,
                    "spec is immutable after creation except resources.requests and volumeAttributesClassName for bound"
                            + " claims\n" + SpecDifference.of(before, after));
        }
        Quantity oldSize = size(old.spec().resources().requests());
        Quantity newSize = size(updated.spec().resources().requests());
        if (newSize.compareTo(oldSize) < 0
                && newSize.compareTo(size(old.status().capacity())) <= 0) {
            errors.forbidden(SIZE, "field can not be less than status.capacity");
        }
        errors.immutable(
                FieldPath.of("volumeMode"),
                updated.spec().volumeMode(),
                old.spec().volumeMode());
        attributesClass(old, updated.spec(), errors);
    }

    /** The volume and the class of a claim may be chosen once, after it was made. */
    private static PersistentVolumeClaimSpec withLateChoices(
            PersistentVolumeClaimSpec old, PersistentVolumeClaimSpec updated) {
        boolean volume = Zero.isEmpty(old.volumeName()) && !Zero.isEmpty(updated.volumeName());
        boolean storageClass = old.storageClassName() == null && updated.storageClassName() != null;
        return volume || storageClass
                ? PersistentVolumeClaimSpecBuilder.builder(old)
                        .volumeName(volume ? updated.volumeName() : old.volumeName())
                        .storageClassName(storageClass ? updated.storageClassName() : old.storageClassName())
                        .build()
                : old;
    }

    private static PersistentVolumeClaimSpec withMutableFieldsOf(
            PersistentVolumeClaimSpec old, PersistentVolumeClaimSpec updated) {
        Map<String, Quantity> requests = new HashMap<>(updated.resources().requests());
        requests.put(STORAGE, size(old.resources().requests()));
        return PersistentVolumeClaimSpecBuilder.builder(updated)
                .resources(new VolumeResourceRequirements(updated.resources().limits(), requests))
                .volumeAttributesClassName(old.volumeAttributesClassName())
                .build();
    }

    private static Quantity size(Map<String, Quantity> amounts) {
        return amounts.getOrDefault(STORAGE, Quantity.ZERO);
    }

    private static void attributesClass(
            PersistentVolumeClaim old, PersistentVolumeClaimSpec updated, FieldErrors errors) {
        String wanted = updated.volumeAttributesClassName();
        if (Objects.equals(old.spec().volumeAttributesClassName(), wanted)
                || old.status().currentVolumeAttributesClassName() == null) {
            return;
        }
        if (wanted == null) {
            errors.forbidden(
                    ATTRIBUTES_CLASS,
                    "update to nil is forbidden when status.currentVolumeAttributesClassName is not nil");
        } else if (wanted.isEmpty()) {
            errors.forbidden(
                    ATTRIBUTES_CLASS,
                    "update to empty string is forbidden when status.currentVolumeAttributesClassName is not nil");
        }
    }

    @Override
    public void validateStatusUpdate(PersistentVolumeClaim old, PersistentVolumeClaim updated, FieldErrors errors) {
        PersistentVolumeClaimStatus status = updated.status();
        FieldPath capacity = FieldPath.of("status").child("capacity");
        new TreeMap<>(status.capacity()).forEach((name, amount) -> nonNegative(amount, capacity.key(name), errors));
        FieldPath statuses = FieldPath.of("status").child("allocatedResourceStatus");
        new TreeMap<>(status.allocatedResourceStatuses())
                .forEach((name, resize) -> errors.supported(statuses.key(name), resize, RESIZE_STATUSES));
        FieldPath allocated = FieldPath.of("status").child("allocatedResources");
        new TreeMap<>(status.allocatedResources())
                .forEach((name, amount) -> ResourceValidation.quantity(name, amount, allocated.key(name), errors));
    }

    private static void nonNegative(Quantity amount, FieldPath path, FieldErrors errors) {
        if (amount.signum() < 0) {
            errors.invalid(path, amount.ceiling(), "must be a valid resource quantity");
        }
    }
}
