package dev.orchestrator.runtime.admission.cluster;

import java.util.List;
import java.util.Set;

import dev.orchestrator.runtime.admission.field.FieldErrors;
import dev.orchestrator.runtime.admission.field.FieldPath;
import dev.orchestrator.runtime.admission.field.Names;

/** The names of what can be limited: of nodes, of namespaces and of containers. */
final class ResourceNames {

    static final Set<String> POD_COUNT = Set.of("pods");
    static final Set<String> COMPUTE =
            Set.of("cpu", "memory", "limits.cpu", "limits.memory", "requests.cpu", "requests.memory");
    static final Set<String> CLAIMS = Set.of("persistentvolumeclaims", "requests.storage");

    private static final Set<String> QUOTA = Set.of(
            "cpu",
            "memory",
            "ephemeral-storage",
            "requests.cpu",
            "requests.memory",
            "requests.storage",
            "requests.ephemeral-storage",
            "limits.cpu",
            "limits.memory",
            "limits.ephemeral-storage",
            "pods",
            "resourcequotas",
            "services",
            "replicationcontrollers",
            "secrets",
            "persistentvolumeclaims",
            "configmaps",
            "services.nodeports",
            "services.loadbalancers");
    private static final Set<String> CONTAINER = Set.of("cpu", "memory", "ephemeral-storage");
    private static final String HUGE_PAGES = "hugepages-";

    private ResourceNames() {}

    static boolean isStandardQuota(String name) {
        return QUOTA.contains(name) || isHugePages(name) || name.startsWith("requests." + HUGE_PAGES);
    }

    private static boolean isHugePages(String name) {
        return name.startsWith(HUGE_PAGES);
    }

    private static boolean isNative(String name) {
        return name.indexOf('/') < 0 || name.contains("kubernetes.io/");
    }

    /** {@return whether more of it may be promised than there is} */
    static boolean isOvercommitted(String name) {
        return isNative(name) && !isHugePages(name);
    }

    static void validate(String name, FieldPath path, FieldErrors errors) {
        List<String> wrong = Names.qualifiedName(name);
        errors.invalid(path, name, wrong);
        boolean standard = isStandardQuota(name) || name.equals("storage");
        if (wrong.isEmpty() && name.indexOf('/') < 0 && !standard) {
            errors.invalid(path, name, "must be a standard resource type or fully qualified");
        }
    }

    static void validateForQuota(String name, FieldPath path, FieldErrors errors) {
        validate(name, path, errors);
        if (name.indexOf('/') < 0 && !isStandardQuota(name)) {
            errors.invalid(path, name, "must be a standard resource for quota");
        }
    }

    static void validateForContainer(String name, FieldPath path, FieldErrors errors) {
        validate(name, path, errors);
        if (name.indexOf('/') < 0) {
            if (!CONTAINER.contains(name) && !isHugePages(name)) {
                errors.invalid(path, name, "must be a standard resource for containers");
            }
        } else if (!isNative(name)
                && (name.startsWith("requests.")
                        || !Names.qualifiedName("requests." + name).isEmpty())) {
            errors.invalid(path, name, "doesn't follow extended resource name standard");
        }
    }
}
