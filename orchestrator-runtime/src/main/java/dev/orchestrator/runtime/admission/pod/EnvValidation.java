package dev.orchestrator.runtime.admission.pod;

import java.util.List;

import dev.orchestrator.api.model.Quantity;
import dev.orchestrator.api.model.core.EnvFromSource;
import dev.orchestrator.api.model.core.EnvVar;
import dev.orchestrator.api.model.core.EnvVarSource;
import dev.orchestrator.api.model.core.FileKeySelector;
import dev.orchestrator.api.model.core.ObjectFieldSelector;
import dev.orchestrator.api.model.core.ResourceFieldSelector;
import dev.orchestrator.runtime.admission.field.FieldErrors;
import dev.orchestrator.runtime.admission.field.FieldPath;
import dev.orchestrator.runtime.admission.field.NameRule;
import dev.orchestrator.runtime.admission.field.Names;
import dev.orchestrator.runtime.admission.field.Zero;
import org.jspecify.annotations.Nullable;

/** The rules of environment variables and of the fields they may take their value from. */
final class EnvValidation {

    private static final List<String> FIELDS = List.of(
            "metadata.name",
            "metadata.namespace",
            "metadata.uid",
            "spec.nodeName",
            "spec.serviceAccountName",
            "status.hostIP",
            "status.hostIPs",
            "status.podIP",
            "status.podIPs");
    private static final List<String> RESOURCES = List.of(
            "limits.cpu",
            "limits.ephemeral-storage",
            "limits.memory",
            "requests.cpu",
            "requests.ephemeral-storage",
            "requests.memory");
    private static final List<String> CPU_DIVISORS = List.of("1m", "1");
    private static final List<String> BYTE_DIVISORS =
            List.of("1", "1k", "1M", "1G", "1T", "1P", "1E", "1Ki", "1Mi", "1Gi", "1Ti", "1Pi", "1Ei");

    private final FieldErrors errors;

    EnvValidation(FieldErrors errors) {
        this.errors = errors;
    }

    void env(List<EnvVar> variables, FieldPath path) {
        for (int i = 0; i < variables.size(); i++) {
            EnvVar variable = variables.get(i);
            FieldPath name = path.index(i).child("name");
            if (variable.name().isEmpty()) {
                errors.required(name);
            } else {
                errors.invalid(name, variable.name(), Names.environmentVariable(variable.name()));
            }
            if (variable.valueFrom() != null) {
                source(variable.valueFrom(), variable.value(), path.index(i).child("valueFrom"));
            }
        }
    }

    private void source(EnvVarSource source, @Nullable String value, FieldPath path) {
        int sources = 0;
        if (source.fieldRef() != null) {
            sources++;
            field(source.fieldRef(), FIELDS, path.child("fieldRef"));
        }
        if (source.resourceFieldRef() != null) {
            sources++;
            resource(source.resourceFieldRef(), path.child("resourceFieldRef"));
        }
        if (source.configMapKeyRef() != null) {
            sources++;
            var selector = source.configMapKeyRef();
            key(selector.name(), selector.key(), path.child("configMapKeyRef"));
        }
        if (source.secretKeyRef() != null) {
            sources++;
            var selector = source.secretKeyRef();
            key(selector.name(), selector.key(), path.child("secretKeyRef"));
        }
        if (source.fileKeyRef() != null) {
            sources++;
            file(source.fileKeyRef(), path.child("fileKeyRef"));
        }
        if (sources == 0) {
            errors.invalid(
                    path,
                    "",
                    "must specify one of: `fieldRef`, `resourceFieldRef`, `configMapKeyRef` or `secretKeyRef`");
        } else if (!Zero.isEmpty(value)) {
            errors.invalid(path, "", "may not be specified when `value` is not empty");
        } else if (sources > 1) {
            errors.invalid(path, "", "may not have more than one field specified at a time");
        }
    }

    private void key(@Nullable String name, String key, FieldPath path) {
        errors.invalid(path.child("name"), Zero.text(name), Names.dnsSubdomain(Zero.text(name)));
        if (key.isEmpty()) {
            errors.required(path.child("key"));
        } else {
            errors.invalid(path.child("key"), key, Names.configMapKey(key));
        }
    }

    private void file(FileKeySelector selector, FieldPath path) {
        if (selector.key().isEmpty()) {
            errors.required(path.child("key"));
        } else {
            errors.invalid(path.child("key"), selector.key(), Names.environmentVariable(selector.key()));
        }
        errors.requireText(path.child("volumeName"), selector.volumeName());
        if (selector.path().isEmpty()) {
            errors.required(path.child("path"));
        } else {
            PathRules.notReserved(selector.path(), path.child("path"), errors);
        }
    }

    /** Checks a reference to a field of the pod. */
    void field(ObjectFieldSelector selector, List<String> supported, FieldPath path) {
        if (Zero.isEmpty(selector.apiVersion())) {
            errors.required(path.child("apiVersion"));
            return;
        }
        String given = selector.fieldPath();
        if (given.isEmpty()) {
            errors.required(path.child("fieldPath"));
            return;
        }
        if (!"v1".equals(selector.apiVersion())) {
            errors.invalid(
                    path.child("fieldPath"),
                    given,
                    "error converting fieldPath: unsupported pod version: " + selector.apiVersion());
            return;
        }
        // The old name of a field still works.
        String field = given.equals("spec.host") ? "spec.nodeName" : given;
        int subscript = field.endsWith("']") ? field.indexOf("['") : -1;
        if (subscript > 0) {
            subscripted(field.substring(0, subscript), field.substring(subscript + 2, field.length() - 2), path);
        } else if (!isLabel(field)) {
            errors.invalid(
                    path.child("fieldPath"), given, "error converting fieldPath: field label not supported: " + field);
        } else if (!supported.contains(field)) {
            errors.notSupported(path.child("fieldPath"), field, supported);
        }
    }

    private static boolean isLabel(String field) {
        return FIELDS.contains(field)
                || List.of("metadata.annotations", "metadata.labels", "spec.restartPolicy", "spec.schedulerName")
                        .contains(field)
                || field.equals("status.phase");
    }

    private void subscripted(String field, String subscript, FieldPath path) {
        switch (field) {
            case "metadata.annotations" ->
                errors.invalid(path, subscript, Names.qualifiedName(subscript.toLowerCase(java.util.Locale.ROOT)));
            case "metadata.labels" -> errors.invalid(path, subscript, Names.qualifiedName(subscript));
            default ->
                errors.invalid(
                        path.child("fieldPath"),
                        field + "['" + subscript + "']",
                        "error converting fieldPath: field label does not support subscript: " + field);
        }
    }

    void resource(ResourceFieldSelector selector, FieldPath path) {
        if (selector.resource().isEmpty()) {
            errors.required(path.child("resource"));
        } else if (!RESOURCES.contains(selector.resource()) && !isHugePages(selector.resource())) {
            errors.notSupported(path.child("resource"), selector.resource(), RESOURCES);
        }
        divisor(selector.resource(), selector.divisor(), path.child("divisor"));
    }

    private static boolean isHugePages(String resource) {
        return resource.startsWith("limits.hugepages-") || resource.startsWith("requests.hugepages-");
    }

    private void divisor(String resource, @Nullable Quantity divisor, FieldPath path) {
        if (divisor == null || divisor.signum() == 0) {
            return;
        }
        String text = divisor.toString();
        if (resource.endsWith(".cpu")) {
            if (!CPU_DIVISORS.contains(text)) {
                errors.invalid(path, resource, "only divisor's values 1m and 1 are supported with the cpu resource");
            }
            return;
        }
        String what = bytes(resource);
        if (!what.isEmpty() && !BYTE_DIVISORS.contains(text)) {
            errors.invalid(
                    path,
                    resource,
                    "only divisor's values " + String.join(", ", BYTE_DIVISORS) + " are supported with the " + what
                            + " resource");
        }
    }

    private static String bytes(String resource) {
        if (resource.endsWith(".memory")) {
            return "memory";
        }
        if (resource.endsWith(".ephemeral-storage")) {
            return "local ephemeral storage";
        }
        return isHugePages(resource) ? "hugepages" : "";
    }

    void envFrom(List<EnvFromSource> sources, FieldPath path) {
        for (int i = 0; i < sources.size(); i++) {
            EnvFromSource source = sources.get(i);
            FieldPath each = path.index(i);
            String prefix = Zero.text(source.prefix());
            if (!prefix.isEmpty()) {
                errors.invalid(each.child("prefix"), prefix, Names.environmentVariable(prefix));
            }
            if (source.configMapRef() != null) {
                named(source.configMapRef().name(), each.child("configMapRef", "name"));
            }
            if (source.secretRef() != null) {
                named(source.secretRef().name(), each.child("secretRef", "name"));
            }
            if (source.configMapRef() == null && source.secretRef() == null) {
                errors.invalid(path, "", "must specify one of: `configMapRef` or `secretRef`");
            } else if (source.configMapRef() != null && source.secretRef() != null) {
                errors.invalid(path, "", "may not have more than one field specified at a time");
            }
        }
    }

    private void named(@Nullable String name, FieldPath path) {
        if (name == null || name.isEmpty()) {
            errors.required(path);
        } else {
            errors.invalid(path, name, NameRule.SUBDOMAIN.wrongWithPrefix(name));
        }
    }
}
