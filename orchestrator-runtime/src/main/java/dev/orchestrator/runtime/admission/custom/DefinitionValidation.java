package dev.orchestrator.runtime.admission.custom;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

import dev.orchestrator.api.model.apiextensions.CustomResourceColumnDefinition;
import dev.orchestrator.api.model.apiextensions.CustomResourceDefinition;
import dev.orchestrator.api.model.apiextensions.CustomResourceDefinitionNames;
import dev.orchestrator.api.model.apiextensions.CustomResourceDefinitionSpec;
import dev.orchestrator.api.model.apiextensions.CustomResourceDefinitionVersion;
import dev.orchestrator.api.model.apiextensions.CustomResourceSubresourceScale;
import dev.orchestrator.api.model.apiextensions.CustomResourceSubresources;
import dev.orchestrator.runtime.admission.field.FieldErrors;
import dev.orchestrator.runtime.admission.field.FieldPath;
import dev.orchestrator.runtime.admission.field.GoLiteral;
import dev.orchestrator.runtime.admission.field.Names;
import dev.orchestrator.runtime.admission.field.Zero;
import dev.orchestrator.runtime.admission.kind.Validator;
import dev.orchestrator.runtime.custom.CustomTypes;
import org.jspecify.annotations.Nullable;

/** The rules of custom resource definitions. */
final class DefinitionValidation implements Validator<CustomResourceDefinition> {

    private static final FieldPath SPEC = FieldPath.of("spec");
    private static final FieldPath VERSIONS = SPEC.child("versions");
    private static final List<String> COLUMN_TYPES = List.of("integer", "number", "string", "boolean", "date");
    private static final List<String> COLUMN_FORMATS =
            List.of("int32", "int64", "float", "double", "byte", "date", "date-time", "password");
    private static final String APPROVED = "api-approved.kubernetes.io";

    @Override
    public void validateCreate(CustomResourceDefinition definition, FieldErrors errors) {
        CustomResourceDefinitionSpec spec = definition.spec();
        String name = spec.names().plural() + "." + spec.group();
        if (!definition.metadata().nameOrEmpty().equals(name)) {
            errors.invalid(
                    FieldPath.of("metadata").child("name"),
                    definition.metadata().nameOrEmpty(),
                    "must be spec.names.plural+\".\"+spec.group");
        }
        spec(spec, errors);
        approval(definition, errors);
    }

    @Override
    public void validateUpdate(CustomResourceDefinition old, CustomResourceDefinition updated, FieldErrors errors) {
        if (old.spec().equals(updated.spec())) {
            return;
        }
        spec(updated.spec(), errors);
        if (old.is(CustomTypes.ESTABLISHED)) {
            errors.immutable(
                    SPEC.child("scope"), updated.spec().scope(), old.spec().scope());
            errors.immutable(
                    SPEC.child("names", "kind"),
                    updated.spec().names().kind(),
                    old.spec().names().kind());
        }
        errors.immutable(SPEC.child("group"), updated.spec().group(), old.spec().group());
        errors.immutable(
                SPEC.child("names", "plural"),
                updated.spec().names().plural(),
                old.spec().names().plural());
        storedVersions(updated, errors);
    }

    @Override
    public void validateStatusUpdate(
            CustomResourceDefinition old, CustomResourceDefinition updated, FieldErrors errors) {
        storedVersions(updated, errors);
    }

    private static void storedVersions(CustomResourceDefinition definition, FieldErrors errors) {
        FieldPath path = FieldPath.of("status").child("storedVersions");
        List<String> stored = definition.status().storedVersions();
        for (int i = 0; i < stored.size(); i++) {
            if (definition.version(stored.get(i)).isEmpty()) {
                errors.invalid(
                        path.index(i),
                        stored.get(i),
                        "missing from spec.versions; " + stored.get(i)
                                + " was previously a storage version, and must remain in spec.versions until a storage"
                                + " migration ensures no data remains persisted in " + stored.get(i)
                                + " and removes " + stored.get(i) + " from status.storedVersions");
            }
        }
    }

    private static void approval(CustomResourceDefinition definition, FieldErrors errors) {
        String group = definition.spec().group();
        boolean isProtected = group.endsWith(".k8s.io")
                || group.equals("k8s.io")
                || group.endsWith(".kubernetes.io")
                || group.equals("kubernetes.io");
        if (isProtected && !definition.metadata().annotations().containsKey(APPROVED)) {
            errors.required(
                    FieldPath.of("metadata").child("annotations").key(APPROVED),
                    "protected groups must have approval annotation \"" + APPROVED
                            + "\", see https://github.com/kubernetes/enhancements/pull/1111");
        }
    }

    private static void spec(CustomResourceDefinitionSpec spec, FieldErrors errors) {
        String group = spec.group();
        List<String> wrong = Names.dnsSubdomain(group);
        if (group.isEmpty()) {
            errors.required(SPEC.child("group"));
        } else if (!wrong.isEmpty()) {
            errors.invalid(SPEC.child("group"), group, String.join(",", wrong));
        } else if (group.indexOf('.') < 0) {
            errors.invalid(SPEC.child("group"), group, "should be a domain with at least one dot");
        }
        errors.oneOf(SPEC.child("scope"), spec.scope(), List.of("Cluster", "Namespaced"));
        if (spec.preserveUnknownFields()) {
            errors.invalid(
                    SPEC.child("preserveUnknownFields"),
                    true,
                    "cannot set to true, set x-kubernetes-preserve-unknown-fields to true in"
                            + " spec.versions[*].schema instead");
        }
        names(spec.names(), errors);
        versions(spec.versions(), errors);
        if (spec.conversion() != null) {
            errors.supported(
                    SPEC.child("conversion", "strategy"), spec.conversion().strategy(), List.of("None", "Webhook"));
            if (spec.conversion().strategy().equals("Webhook")) {
                errors.forbidden(
                        SPEC.child("conversion", "strategy"),
                        "conversion webhooks are not called by this server: only None is supported");
            }
        }
    }

    private static void names(CustomResourceDefinitionNames names, FieldErrors errors) {
        FieldPath path = SPEC.child("names");
        required(path.child("plural"), names.plural(), errors);
        required(path.child("singular"), names.singular(), errors);
        required(path.child("kind"), names.kind(), errors);
        required(path.child("listKind"), names.listKind(), errors);
        label(path.child("plural"), names.plural(), errors);
        label(path.child("singular"), names.singular(), errors);
        mixedLabel(path.child("kind"), names.kind(), errors);
        mixedLabel(path.child("listKind"), names.listKind(), errors);
        for (int i = 0; i < names.shortNames().size(); i++) {
            label(path.child("shortNames").index(i), names.shortNames().get(i), errors);
        }
        if (!names.kind().isEmpty() && names.kind().equals(names.listKind())) {
            errors.invalid(path.child("listKind"), names.listKind(), "kind and listKind may not be the same");
        }
        for (int i = 0; i < names.categories().size(); i++) {
            label(path.child("categories").index(i), names.categories().get(i), errors);
        }
    }

    private static void required(FieldPath path, @Nullable String name, FieldErrors errors) {
        if (Zero.isEmpty(name)) {
            errors.required(path);
        }
    }

    private static void label(FieldPath path, @Nullable String name, FieldErrors errors) {
        if (name != null && !name.isEmpty() && !Names.rfc1035Label(name).isEmpty()) {
            errors.invalid(path, name, String.join(",", Names.rfc1035Label(name)));
        }
    }

    private static void mixedLabel(FieldPath path, @Nullable String name, FieldErrors errors) {
        List<String> wrong = Names.rfc1035Label(Zero.text(name).toLowerCase(Locale.ROOT));
        if (name != null && !name.isEmpty() && !wrong.isEmpty()) {
            errors.invalid(path, name, "may have mixed case, but should otherwise match: " + String.join(",", wrong));
        }
    }

    private static void versions(List<CustomResourceDefinitionVersion> versions, FieldErrors errors) {
        Set<String> names = new HashSet<>();
        var storages = 0;
        for (int i = 0; i < versions.size(); i++) {
            CustomResourceDefinitionVersion version = versions.get(i);
            FieldPath path = VERSIONS.index(i);
            names.add(version.name());
            storages += version.storage() ? 1 : 0;
            if (!Names.rfc1035Label(version.name()).isEmpty()) {
                errors.invalid(
                        path.child("name"), version.name(), String.join(",", Names.rfc1035Label(version.name())));
            }
            if (version.schema() == null || version.schema().openAPIV3Schema() == null) {
                errors.required(path.child("schema", "openAPIV3Schema"), "schemas are required");
            } else {
                new StructuralRules(errors)
                        .root(version.schema().openAPIV3Schema(), path.child("schema", "openAPIV3Schema"));
            }
            subresources(version.subresources(), path.child("subresources"), errors);
            for (int c = 0; c < version.additionalPrinterColumns().size(); c++) {
                column(
                        version.additionalPrinterColumns().get(c),
                        path.child("additionalPrinterColumns").index(c),
                        errors);
            }
        }
        if (names.size() < versions.size()) {
            errors.invalid(VERSIONS, GoLiteral.of(String.valueOf(names)), "must contain unique version names");
        }
        if (storages != 1) {
            errors.invalid(
                    VERSIONS,
                    GoLiteral.of(versions.stream()
                            .map(CustomResourceDefinitionVersion::name)
                            .toList()
                            .toString()),
                    "must have exactly one version marked as storage version");
        }
    }

    private static void subresources(
            @Nullable CustomResourceSubresources subresources, FieldPath path, FieldErrors errors) {
        CustomResourceSubresourceScale scale = subresources == null ? null : subresources.scale();
        if (scale == null) {
            return;
        }
        path(path.child("scale", "specReplicasPath"), scale.specReplicasPath(), ".spec", errors);
        path(path.child("scale", "statusReplicasPath"), scale.statusReplicasPath(), ".status", errors);
        String labels = scale.labelSelectorPath();
        if (labels != null && !labels.isEmpty() && !labels.startsWith(".spec.")) {
            path(path.child("scale", "labelSelectorPath"), labels, ".status", errors);
        }
    }

    private static void path(FieldPath path, String value, String root, FieldErrors errors) {
        if (value.isEmpty()) {
            errors.required(path);
        } else if (value.charAt(0) != '.') {
            errors.invalid(path, value, "must be a simple json path starting with .");
        } else if (!value.startsWith(root + ".")) {
            errors.invalid(path, value, "should be a json path under " + root);
        }
    }

    private static void column(CustomResourceColumnDefinition column, FieldPath path, FieldErrors errors) {
        required(path.child("name"), column.name(), errors);
        errors.oneOf(path.child("type"), column.type(), COLUMN_TYPES);
        if (!Zero.isEmpty(column.format())) {
            errors.supported(path.child("format"), column.format(), COLUMN_FORMATS);
        }
        if (column.jsonPath().isEmpty()) {
            errors.required(path.child("jsonPath"));
        } else if (!column.jsonPath().startsWith(".")) {
            errors.invalid(path.child("jsonPath"), column.jsonPath(), "must be a simple json path starting with .");
        }
    }
}
