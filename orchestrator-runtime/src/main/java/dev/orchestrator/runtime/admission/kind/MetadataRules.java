package dev.orchestrator.runtime.admission.kind;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;

import dev.orchestrator.api.model.ResourceType;
import dev.orchestrator.api.model.meta.ObjectMeta;
import dev.orchestrator.api.model.meta.ObjectMetaBuilder;
import dev.orchestrator.api.model.meta.OwnerReference;
import dev.orchestrator.runtime.admission.field.FieldErrors;
import dev.orchestrator.runtime.admission.field.FieldPath;
import dev.orchestrator.runtime.admission.field.GoSyntax;
import dev.orchestrator.runtime.admission.field.NameRule;
import dev.orchestrator.runtime.admission.field.Names;
import org.jspecify.annotations.Nullable;

import static dev.orchestrator.runtime.admission.field.FieldErrors.IMMUTABLE;
import static java.util.Objects.requireNonNullElse;

/** The rules of metadata that all kinds share. */
public final class MetadataRules {

    /** Where metadata is. */
    public static final FieldPath METADATA = FieldPath.of("metadata");

    private static final int ANNOTATIONS_BYTES = 256 * 1024;
    private static final FieldPath LABELS = METADATA.child("labels");
    private static final FieldPath ANNOTATIONS = METADATA.child("annotations");
    private static final FieldPath OWNERS = METADATA.child("ownerReferences");
    private static final FieldPath FINALIZERS = METADATA.child("finalizers");
    private static final List<String> STANDARD_FINALIZERS = List.of("kubernetes", "orphan", "foregroundDeletion");

    private MetadataRules() {}

    /** Checks the metadata of a new object. */
    public static void validateCreate(
            ResourceType<?> type, ObjectMeta metadata, NameRule nameRule, FieldErrors errors) {
        String generateName = requireNonNullElse(metadata.generateName(), "");
        if (!generateName.isEmpty()) {
            errors.invalid(METADATA.child("generateName"), generateName, nameRule.wrongWithPrefix(generateName));
        }
        String name = metadata.nameOrEmpty();
        if (!name.isEmpty()) {
            errors.invalid(METADATA.child("name"), name, nameRule.wrongWith(name));
        } else if (generateName.isEmpty()) {
            errors.required(METADATA.child("name"), "name or generateName is required");
        }
        validateNamespace(type, metadata.namespaceOrEmpty(), errors);
        errors.nonNegative(METADATA.child("generation"), metadata.generation());
        validateParts(metadata, errors);
    }

    private static void validateNamespace(ResourceType<?> type, String namespace, FieldErrors errors) {
        FieldPath path = METADATA.child("namespace");
        if (!type.isNamespaced()) {
            if (!namespace.isEmpty()) {
                errors.forbidden(path, "not allowed on this type");
            }
        } else if (namespace.isEmpty()) {
            errors.required(path);
        } else {
            errors.invalid(path, namespace, Names.dnsLabel(namespace));
        }
    }

    private static void validateParts(ObjectMeta metadata, FieldErrors errors) {
        labels(metadata.labels(), LABELS, errors);
        annotations(metadata.annotations(), ANNOTATIONS, errors);
        validateOwners(metadata.ownerReferences(), errors);
        validateFinalizers(metadata.finalizers(), errors);
    }

    /** Checks what an update does to metadata. */
    public static void validateUpdate(ObjectMeta old, ObjectMeta updated, FieldErrors errors) {
        if (Identity.same(old, updated)) {
            return;
        }
        if (old.isTerminating()) {
            validateNoNewFinalizers(old.finalizers(), updated.finalizers(), errors);
        }
        immutable("name", updated.name(), old.name(), errors);
        immutable("namespace", updated.namespaceOrEmpty(), old.namespaceOrEmpty(), errors);
        immutable("uid", updated.uid(), old.uid(), errors);
        immutable("creationTimestamp", updated.creationTimestamp(), old.creationTimestamp(), errors);
        immutable("deletionTimestamp", updated.deletionTimestamp(), old.deletionTimestamp(), errors);
        immutable(
                "deletionGracePeriodSeconds",
                updated.deletionGracePeriodSeconds(),
                old.deletionGracePeriodSeconds(),
                errors);
        validateParts(updated, errors);
    }

    private static void immutable(String field, @Nullable Object updated, @Nullable Object old, FieldErrors errors) {
        if (!Objects.equals(old, updated)) {
            errors.invalid(METADATA.child(field), updated, IMMUTABLE);
        }
    }

    /**
     * {@return the metadata of an update with what clients may leave out or cannot change}
     *
     * <p>An update that does not know the uid or the times means the stored ones, and deletion cannot be taken back.
     */
    public static ObjectMeta forUpdate(ObjectMeta old, ObjectMeta updated) {
        if (Identity.same(old, updated)
                || (Objects.equals(old.uid(), updated.uid())
                        && Objects.equals(old.creationTimestamp(), updated.creationTimestamp())
                        && Objects.equals(old.deletionTimestamp(), updated.deletionTimestamp())
                        && Objects.equals(old.deletionGracePeriodSeconds(), updated.deletionGracePeriodSeconds())
                        && old.generation() == updated.generation())) {
            return updated;
        }
        return ObjectMetaBuilder.builder(updated)
                .uid(updated.uidOrEmpty().isEmpty() ? old.uid() : updated.uid())
                .creationTimestamp(old.creationTimestamp())
                .deletionTimestamp(old.isTerminating() ? old.deletionTimestamp() : updated.deletionTimestamp())
                .deletionGracePeriodSeconds(
                        updated.deletionGracePeriodSeconds() == null
                                ? old.deletionGracePeriodSeconds()
                                : updated.deletionGracePeriodSeconds())
                .generation(old.generation())
                .build();
    }

    private static void validateNoNewFinalizers(List<String> old, List<String> updated, FieldErrors errors) {
        var added = new TreeSet<>(updated);
        old.forEach(added::remove);
        if (!added.isEmpty()) {
            errors.forbidden(
                    FINALIZERS,
                    "no new finalizers can be added if the object is being deleted, found new finalizers "
                            + GoSyntax.literal(new ArrayList<>(added)));
        }
    }

    /** Checks labels. */
    public static void labels(Map<String, String> labels, FieldPath path, FieldErrors errors) {
        if (areLabels(labels)) {
            return;
        }
        new TreeMap<>(labels).forEach((key, value) -> {
            errors.invalid(path, key, Names.qualifiedName(key));
            errors.invalid(path, value, Names.labelValue(value));
        });
    }

    private static boolean areLabels(Map<String, String> labels) {
        for (var label : labels.entrySet()) {
            if (!Names.qualifiedName(label.getKey()).isEmpty()
                    || !Names.labelValue(label.getValue()).isEmpty()) {
                return false;
            }
        }
        return true;
    }

    /** Checks annotations: like labels their keys, and how long they are altogether. */
    public static void annotations(Map<String, String> annotations, FieldPath path, FieldErrors errors) {
        if (annotations.isEmpty()) {
            return;
        }
        long bytes = 0;
        for (var annotation : new TreeMap<>(annotations).entrySet()) {
            String key = annotation.getKey();
            errors.invalid(path, key, Names.qualifiedName(key.toLowerCase(java.util.Locale.ROOT)));
            bytes += utf8Length(key) + utf8Length(annotation.getValue());
        }
        if (bytes > ANNOTATIONS_BYTES) {
            errors.tooLong(path, ANNOTATIONS_BYTES);
        }
    }

    private static long utf8Length(String text) {
        return com.google.common.base.Utf8.encodedLength(text);
    }

    private static void validateOwners(List<OwnerReference> owners, FieldErrors errors) {
        String controller = "";
        for (OwnerReference owner : owners) {
            validateOwner(owner, errors);
            if (!Boolean.TRUE.equals(owner.controller())) {
                continue;
            }
            String name = owner.kind() + "/" + owner.name();
            if (controller.isEmpty()) {
                controller = name;
            } else {
                errors.invalid(
                        OWNERS,
                        owners,
                        "Only one reference can have Controller set to true. Found \"true\" in references for "
                                + controller + " and " + name);
            }
        }
    }

    private static void validateOwner(OwnerReference owner, FieldErrors errors) {
        String version = owner.apiVersion().substring(owner.apiVersion().indexOf('/') + 1);
        if (version.isEmpty()) {
            errors.invalid(OWNERS.child("apiVersion"), owner.apiVersion(), "version must not be empty");
        }
        notEmpty("kind", owner.kind(), errors);
        notEmpty("name", owner.name(), errors);
        notEmpty("uid", owner.uid(), errors);
        if (owner.apiVersion().equals("v1") && owner.kind().equals("Event")) {
            errors.invalid(OWNERS, owner, "/v1, Kind=Event is disallowed from being an owner");
        }
    }

    private static void notEmpty(String field, String value, FieldErrors errors) {
        if (value.isEmpty()) {
            errors.invalid(OWNERS.child(field), value, "must not be empty");
        }
    }

    private static void validateFinalizers(List<String> finalizers, FieldErrors errors) {
        if (finalizers.isEmpty()) {
            return;
        }
        for (String finalizer : finalizers) {
            errors.invalid(FINALIZERS, finalizer, Names.qualifiedName(finalizer));
        }
        if (finalizers.contains("orphan") && finalizers.contains("foregroundDeletion")) {
            errors.invalid(FINALIZERS, finalizers, "finalizer orphan and foregroundDeletion cannot be both set");
        }
        for (int i = 0; i < finalizers.size(); i++) {
            finalizerIsQualified(finalizers.get(i), FINALIZERS.index(i), errors);
        }
    }

    /** Checks that a finalizer is a standard one or has a domain. */
    public static void finalizerIsQualified(String finalizer, FieldPath path, FieldErrors errors) {
        if (finalizer.indexOf('/') < 0 && !STANDARD_FINALIZERS.contains(finalizer)) {
            errors.invalid(path, finalizer, "name is neither a standard finalizer name nor is it fully qualified");
        }
    }
}
