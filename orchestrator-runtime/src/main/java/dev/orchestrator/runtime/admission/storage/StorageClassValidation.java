package dev.orchestrator.runtime.admission.storage;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;

import com.google.common.base.Utf8;
import dev.orchestrator.api.model.core.TopologySelectorLabelRequirement;
import dev.orchestrator.api.model.core.TopologySelectorTerm;
import dev.orchestrator.api.model.storage.StorageClass;
import dev.orchestrator.api.model.storage.StorageClassBuilder;
import dev.orchestrator.runtime.admission.field.FieldErrors;
import dev.orchestrator.runtime.admission.field.FieldPath;
import dev.orchestrator.runtime.admission.field.Names;
import dev.orchestrator.runtime.admission.kind.Validator;
import org.jspecify.annotations.Nullable;

/** Defaults and rules of storage classes: what they provision with never changes. */
final class StorageClassValidation implements Validator<StorageClass> {

    private static final FieldPath PROVISIONER = FieldPath.of("provisioner");
    private static final FieldPath PARAMETERS = FieldPath.of("parameters");
    private static final FieldPath RECLAIM_POLICY = FieldPath.of("reclaimPolicy");
    private static final FieldPath BINDING_MODE = FieldPath.of("volumeBindingMode");
    private static final FieldPath TOPOLOGIES = FieldPath.of("allowedTopologies");
    private static final List<String> RECLAIM_POLICIES = List.of("Delete", "Retain");
    private static final List<String> BINDING_MODES = List.of("Immediate", "WaitForFirstConsumer");
    private static final int MAX_PARAMETERS = 512;
    private static final int MAX_PARAMETER_BYTES = 256 * 1024;

    static StorageClass withDefaults(StorageClass given) {
        if (given.reclaimPolicy() != null && given.volumeBindingMode() != null) {
            return given;
        }
        return StorageClassBuilder.builder(given)
                .reclaimPolicy(given.reclaimPolicy() == null ? "Delete" : given.reclaimPolicy())
                .volumeBindingMode(given.volumeBindingMode() == null ? "Immediate" : given.volumeBindingMode())
                .build();
    }

    @Override
    public void validateCreate(StorageClass storageClass, FieldErrors errors) {
        String provisioner = storageClass.provisioner();
        if (provisioner.isEmpty()) {
            errors.required(PROVISIONER);
        } else {
            errors.invalid(PROVISIONER, provisioner, Names.qualifiedName(provisioner.toLowerCase(Locale.ROOT)));
        }
        parameters(storageClass.parameters(), errors);
        errors.supported(RECLAIM_POLICY, storageClass.reclaimPolicy(), RECLAIM_POLICIES);
        errors.oneOf(BINDING_MODE, storageClass.volumeBindingMode(), BINDING_MODES);
        topologies(storageClass.allowedTopologies(), errors);
    }

    private static void parameters(Map<String, String> parameters, FieldErrors errors) {
        if (parameters.size() > MAX_PARAMETERS) {
            errors.tooLong(PARAMETERS, MAX_PARAMETERS);
            return;
        }
        long size = 0;
        for (var parameter : new TreeMap<>(parameters).entrySet()) {
            if (parameter.getKey().isEmpty()) {
                errors.invalid(PARAMETERS, parameter.getKey(), "field can not be empty.");
            }
            size += Utf8.encodedLength(parameter.getKey()) + Utf8.encodedLength(parameter.getValue());
        }
        if (size > MAX_PARAMETER_BYTES) {
            errors.tooLong(PARAMETERS, MAX_PARAMETER_BYTES);
        }
    }

    private static void topologies(List<TopologySelectorTerm> terms, FieldErrors errors) {
        Set<TopologySelectorTerm> seen = new HashSet<>();
        for (int i = 0; i < terms.size(); i++) {
            FieldPath path = TOPOLOGIES.index(i);
            requirements(terms.get(i).matchLabelExpressions(), path.child("matchLabelExpressions"), errors);
            if (!seen.add(terms.get(i))) {
                errors.duplicate(path.child("matchLabelExpressions"), "");
            }
        }
    }

    private static void requirements(
            List<TopologySelectorLabelRequirement> requirements, FieldPath path, FieldErrors errors) {
        Set<String> keys = new HashSet<>();
        for (int i = 0; i < requirements.size(); i++) {
            TopologySelectorLabelRequirement requirement = requirements.get(i);
            FieldPath values = path.index(i).child("values");
            if (requirement.values().isEmpty()) {
                errors.required(values);
            }
            Set<String> seen = new HashSet<>();
            for (int v = 0; v < requirement.values().size(); v++) {
                if (!seen.add(requirement.values().get(v))) {
                    errors.duplicate(values.index(v), requirement.values().get(v));
                }
            }
            FieldPath key = path.index(i).child("key");
            errors.invalid(key, requirement.key(), Names.qualifiedName(requirement.key()));
            if (!keys.add(requirement.key())) {
                errors.duplicate(key, requirement.key());
            }
        }
    }

    @Override
    public void validateUpdate(StorageClass old, StorageClass updated, FieldErrors errors) {
        validateCreate(updated, errors);
        unchanged(PARAMETERS, old.parameters(), updated.parameters(), errors);
        unchanged(PROVISIONER, old.provisioner(), updated.provisioner(), errors);
        unchanged(RECLAIM_POLICY, old.reclaimPolicy(), updated.reclaimPolicy(), errors);
        errors.immutable(BINDING_MODE, updated.volumeBindingMode(), old.volumeBindingMode());
    }

    private static void unchanged(FieldPath path, @Nullable Object old, @Nullable Object updated, FieldErrors errors) {
        if (!Objects.equals(old, updated)) {
            errors.forbidden(path, "updates to " + path + " are forbidden.");
        }
    }
}
