package dev.orchestrator.runtime.admission.pod;

import java.util.List;

import dev.orchestrator.api.model.Quantity;
import dev.orchestrator.api.model.core.PersistentVolumeClaimSpec;
import dev.orchestrator.api.model.core.PersistentVolumeClaimTemplate;
import dev.orchestrator.runtime.admission.field.FieldErrors;
import dev.orchestrator.runtime.admission.field.FieldPath;
import dev.orchestrator.runtime.admission.field.Names;
import dev.orchestrator.runtime.admission.kind.LabelSelectorRules;
import dev.orchestrator.runtime.admission.kind.MetadataRules;

/** The rules of the claim that an ephemeral volume makes. */
final class ClaimTemplateValidation {

    private static final List<String> ACCESS_MODES =
            List.of("ReadOnlyMany", "ReadWriteMany", "ReadWriteOnce", "ReadWriteOncePod");
    private static final List<String> VOLUME_MODES = List.of("Block", "Filesystem");

    private ClaimTemplateValidation() {}

    static void validate(PersistentVolumeClaimTemplate template, FieldPath path, FieldErrors errors) {
        FieldPath metadata = path.child("metadata");
        MetadataRules.annotations(template.metadata().annotations(), metadata.child("annotations"), errors);
        MetadataRules.labels(template.metadata().labels(), metadata.child("labels"), errors);
        if (template.metadata().name() != null) {
            errors.forbidden(metadata.child("name"), "cannot be set");
        }
        if (template.metadata().namespace() != null) {
            errors.forbidden(metadata.child("namespace"), "cannot be set");
        }
        if (!template.metadata().ownerReferences().isEmpty()) {
            errors.forbidden(metadata.child("ownerReferences"), "cannot be set");
        }
        if (!template.metadata().finalizers().isEmpty()) {
            errors.forbidden(metadata.child("finalizers"), "cannot be set");
        }
        spec(template.spec(), path.child("spec"), errors);
    }

    private static void spec(PersistentVolumeClaimSpec spec, FieldPath path, FieldErrors errors) {
        if (spec.accessModes().isEmpty()) {
            errors.required(path.child("accessModes"), "at least 1 access mode is required");
        }
        LabelSelectorRules.validate(spec.selector(), path.child("selector"), errors);
        for (String mode : spec.accessModes()) {
            errors.supported(path.child("accessModes"), mode, ACCESS_MODES);
        }
        if (spec.accessModes().contains("ReadWriteOncePod")
                && spec.accessModes().size() > 1) {
            errors.forbidden(path.child("accessModes"), "may not use ReadWriteOncePod with other access modes");
        }
        Quantity storage = spec.resources().requests().get("storage");
        FieldPath amount = path.child("resources").key("storage");
        if (storage == null) {
            errors.required(amount);
        } else if (storage.signum() <= 0) {
            errors.invalid(amount, storage, "must be greater than zero");
        }
        String storageClass = spec.storageClassName();
        if (storageClass != null && !storageClass.isEmpty()) {
            errors.invalid(path.child("storageClassName"), storageClass, Names.dnsSubdomain(storageClass));
        }
        errors.supported(path.child("volumeMode"), spec.volumeMode(), VOLUME_MODES);
    }
}
