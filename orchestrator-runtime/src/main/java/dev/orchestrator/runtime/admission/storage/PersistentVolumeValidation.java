package dev.orchestrator.runtime.admission.storage;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

import dev.orchestrator.api.model.Quantity;
import dev.orchestrator.api.model.core.CSIPersistentVolumeSource;
import dev.orchestrator.api.model.core.CSIPersistentVolumeSourceBuilder;
import dev.orchestrator.api.model.core.HostPathVolumeSource;
import dev.orchestrator.api.model.core.PersistentVolume;
import dev.orchestrator.api.model.core.PersistentVolumeSpec;
import dev.orchestrator.api.model.core.PersistentVolumeSpecBuilder;
import dev.orchestrator.api.model.core.VolumeNodeAffinity;
import dev.orchestrator.runtime.admission.field.FieldErrors;
import dev.orchestrator.runtime.admission.field.FieldPath;
import dev.orchestrator.runtime.admission.field.Names;
import dev.orchestrator.runtime.admission.field.Zero;
import dev.orchestrator.runtime.admission.kind.Validator;
import dev.orchestrator.runtime.admission.pod.NodeSelectorValidation;
import dev.orchestrator.runtime.admission.pod.SpecDifference;
import org.jspecify.annotations.Nullable;

import static dev.orchestrator.runtime.admission.kind.Identity.same;

/** The rules of volumes: exactly one source, which never changes. */
final class PersistentVolumeValidation implements Validator<PersistentVolume> {

    private static final FieldPath SPEC = FieldPath.of("spec");
    private static final FieldPath RECLAIM_POLICY = SPEC.child("persistentVolumeReclaimPolicy");
    private static final FieldPath ATTRIBUTES_CLASS = SPEC.child("volumeAttributesClassName");
    private static final List<String> RECLAIM_POLICIES = List.of("Delete", "Recycle", "Retain");
    private static final String STORAGE = "storage";

    @Override
    public void validateCreate(PersistentVolume volume, FieldErrors errors) {
        PersistentVolumeSpec spec = volume.spec();
        FieldPath modes = SPEC.child("accessModes");
        if (spec.accessModes().isEmpty()) {
            errors.required(modes);
        }
        AccessModes.validate(spec.accessModes(), modes, errors);
        capacity(spec.capacity(), errors);
        errors.supported(RECLAIM_POLICY, spec.persistentVolumeReclaimPolicy(), RECLAIM_POLICIES);
        if (spec.nodeAffinity() != null) {
            affinity(spec.nodeAffinity(), SPEC.child("nodeAffinity"), errors);
        }
        new SourceValidation(errors).validate(volume, SPEC);
        if (isRoot(spec.hostPath()) && "Recycle".equals(spec.persistentVolumeReclaimPolicy())) {
            errors.forbidden(RECLAIM_POLICY, "may not be 'recycle' for a hostPath mount of '/'");
        }
        String storageClass = Zero.text(spec.storageClassName());
        if (!storageClass.isEmpty()) {
            errors.invalid(SPEC.child("storageClassName"), storageClass, Names.dnsSubdomain(storageClass));
        }
        errors.supported(SPEC.child("volumeMode"), spec.volumeMode(), ClaimSpecValidation.VOLUME_MODES);
        attributesClass(spec, errors);
    }

    private static void capacity(Map<String, Quantity> capacity, FieldErrors errors) {
        FieldPath path = SPEC.child("capacity");
        if (capacity.isEmpty()) {
            errors.required(path);
        }
        if (!capacity.containsKey(STORAGE) || capacity.size() > 1) {
            errors.notSupported(path, capacity, List.of(STORAGE));
        }
        new TreeMap<>(capacity).forEach((name, amount) -> {
            if (amount.signum() < 0) {
                errors.invalid(path.key(name), amount.ceiling(), "must be a valid resource quantity");
            }
            if (amount.signum() <= 0) {
                errors.invalid(path.key(name), amount, "must be greater than zero");
            }
        });
    }

    private static void affinity(VolumeNodeAffinity affinity, FieldPath path, FieldErrors errors) {
        if (affinity.required() == null) {
            errors.required(path.child("required"), "must specify required node constraints");
        } else {
            NodeSelectorValidation.validate(affinity.required(), path.child("required"), errors);
        }
    }

    private static boolean isRoot(@Nullable HostPathVolumeSource source) {
        return source != null
                && !source.path().isEmpty()
                && Path.of(source.path()).normalize().toString().equals("/");
    }

    private static void attributesClass(PersistentVolumeSpec spec, FieldErrors errors) {
        String name = spec.volumeAttributesClassName();
        if (name == null) {
            return;
        }
        if (name.isEmpty()) {
            errors.required(ATTRIBUTES_CLASS, "an empty string is disallowed");
        } else {
            errors.invalid(ATTRIBUTES_CLASS, name, Names.dnsSubdomain(name));
        }
        if (spec.csi() == null) {
            errors.required(SPEC.child("csi"), "has to be specified when using volumeAttributesClassName");
        }
    }

    @Override
    public void validateUpdate(PersistentVolume old, PersistentVolume updated, FieldErrors errors) {
        if (same(old.spec(), updated.spec())) {
            return;
        }
        validateCreate(updated, errors);
        PersistentVolumeSpec before = sourceOf(old.spec());
        PersistentVolumeSpec after = withoutNewExpandSecret(before, sourceOf(updated.spec()));
        if (!before.equals(after)) {
            errors.forbidden(
                    SPEC.child("persistentvolumesource"),
                    "spec.persistentvolumesource is immutable after creation\n" + SpecDifference.of(before, after));
        }
        errors.immutable(
                FieldPath.of("volumeMode"),
                updated.spec().volumeMode(),
                old.spec().volumeMode());
        VolumeNodeAffinity affinity = old.spec().nodeAffinity();
        if (affinity != null && !Objects.equals(affinity, updated.spec().nodeAffinity())) {
            errors.invalid(FieldPath.of("nodeAffinity"), updated.spec().nodeAffinity(), FieldErrors.IMMUTABLE);
        }
        if (old.spec().volumeAttributesClassName() != null && updated.spec().volumeAttributesClassName() == null) {
            errors.forbidden(ATTRIBUTES_CLASS, "update from non-nil value to nil is forbidden");
        }
    }

    /** {@return the spec with nothing in it but its source} */
    private static PersistentVolumeSpec sourceOf(PersistentVolumeSpec spec) {
        return PersistentVolumeSpecBuilder.builder(spec)
                .accessModes(List.of())
                .capacity(Map.of())
                .claimRef(null)
                .mountOptions(List.of())
                .nodeAffinity(null)
                .persistentVolumeReclaimPolicy(null)
                .storageClassName(null)
                .volumeAttributesClassName(null)
                .volumeMode(null)
                .build();
    }

    /** The secret that grows a volume may be given later. */
    private static PersistentVolumeSpec withoutNewExpandSecret(PersistentVolumeSpec old, PersistentVolumeSpec updated) {
        CSIPersistentVolumeSource before = old.csi();
        CSIPersistentVolumeSource after = updated.csi();
        if (before == null
                || after == null
                || before.controllerExpandSecretRef() != null
                || after.controllerExpandSecretRef() == null) {
            return updated;
        }
        return PersistentVolumeSpecBuilder.builder(updated)
                .csi(CSIPersistentVolumeSourceBuilder.builder(after)
                        .controllerExpandSecretRef(null)
                        .build())
                .build();
    }
}
