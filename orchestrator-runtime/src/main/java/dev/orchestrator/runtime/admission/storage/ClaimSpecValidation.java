package dev.orchestrator.runtime.admission.storage;

import java.util.List;
import java.util.Objects;

import dev.orchestrator.api.model.Quantity;
import dev.orchestrator.api.model.core.PersistentVolumeClaimSpec;
import dev.orchestrator.api.model.core.TypedLocalObjectReference;
import dev.orchestrator.api.model.core.TypedObjectReference;
import dev.orchestrator.runtime.admission.field.FieldErrors;
import dev.orchestrator.runtime.admission.field.FieldPath;
import dev.orchestrator.runtime.admission.field.Names;
import dev.orchestrator.runtime.admission.field.Zero;
import dev.orchestrator.runtime.admission.kind.LabelSelectorRules;
import org.jspecify.annotations.Nullable;

/** The rules of what a claim asks for. */
final class ClaimSpecValidation {

    static final List<String> VOLUME_MODES = List.of("Block", "Filesystem");
    private static final String CLAIM = "PersistentVolumeClaim";

    private ClaimSpecValidation() {}

    static void validate(PersistentVolumeClaimSpec spec, FieldPath path, FieldErrors errors) {
        FieldPath modes = path.child("accessModes");
        if (spec.accessModes().isEmpty()) {
            errors.required(modes, "at least 1 access mode is required");
        }
        LabelSelectorRules.validate(spec.selector(), path.child("selector"), errors);
        AccessModes.validate(spec.accessModes(), modes, errors);
        Quantity size = spec.resources().requests().get("storage");
        FieldPath sizePath = path.child("resources").key("storage");
        if (size == null) {
            errors.required(sizePath);
        } else if (size.signum() <= 0) {
            errors.invalid(sizePath, size, "must be greater than zero");
        }
        subdomain(spec.storageClassName(), path.child("storageClassName"), errors);
        errors.supported(path.child("volumeMode"), spec.volumeMode(), VOLUME_MODES);
        sources(spec, path, errors);
        subdomain(spec.volumeAttributesClassName(), path.child("volumeAttributesClassName"), errors);
    }

    private static void subdomain(@Nullable String text, FieldPath path, FieldErrors errors) {
        if (text != null && !text.isEmpty()) {
            errors.invalid(path, text, Names.dnsSubdomain(text));
        }
    }

    private static void sources(PersistentVolumeClaimSpec spec, FieldPath path, FieldErrors errors) {
        TypedLocalObjectReference source = spec.dataSource();
        TypedObjectReference reference = spec.dataSourceRef();
        if (source != null) {
            source(source.apiGroup(), source.kind(), source.name(), path.child("dataSource"), errors);
        }
        if (reference == null) {
            return;
        }
        FieldPath referencePath = path.child("dataSourceRef");
        source(reference.apiGroup(), reference.kind(), reference.name(), referencePath, errors);
        String namespace = Zero.text(reference.namespace());
        if (!namespace.isEmpty()) {
            errors.invalid(referencePath.child("namespace"), namespace, Names.dnsLabel(namespace));
            if (source != null) {
                errors.invalid(
                        path,
                        path.child("dataSource"),
                        "may not be specified when dataSourceRef.namespace is specified");
            }
        } else if (source != null && !isSame(source, reference)) {
            errors.invalid(path, path.child("dataSource"), "must match dataSourceRef");
        }
    }

    private static void source(@Nullable String group, String kind, String name, FieldPath path, FieldErrors errors) {
        errors.requireText(path.child("name"), name);
        errors.requireText(path.child("kind"), kind);
        if (group != null && !group.isEmpty()) {
            errors.invalid(path.child("apiGroup"), group, Names.dnsSubdomain(group));
        } else if (!kind.equals(CLAIM)) {
            errors.invalid(path, kind, "must be 'PersistentVolumeClaim' when referencing the default apiGroup");
        }
    }

    private static boolean isSame(TypedLocalObjectReference source, TypedObjectReference reference) {
        return Objects.equals(source.apiGroup(), reference.apiGroup())
                && source.kind().equals(reference.kind())
                && source.name().equals(reference.name());
    }
}
