package dev.orchestrator.runtime.admission.pod;

import java.math.BigDecimal;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

import dev.orchestrator.api.model.Quantity;
import dev.orchestrator.api.model.core.ResourceClaim;
import dev.orchestrator.api.model.core.ResourceRequirements;
import dev.orchestrator.runtime.admission.field.FieldErrors;
import dev.orchestrator.runtime.admission.field.FieldPath;
import dev.orchestrator.runtime.admission.field.Names;

/** The rules of resource names and amounts, and of requests and limits together. */
public final class ResourceValidation {

    private static final String HUGE_PAGES = "hugepages-";
    private static final Set<String> FOR_CONTAINERS = Set.of("cpu", "memory", "ephemeral-storage");
    private static final Set<String> COUNTED = Set.of(
            "pods",
            "services",
            "replicationcontrollers",
            "resourcequotas",
            "secrets",
            "configmaps",
            "persistentvolumeclaims",
            "services.nodeports",
            "services.loadbalancers");
    private static final Set<String> STANDARD = Set.of(
            "cpu",
            "memory",
            "ephemeral-storage",
            "storage",
            "requests.cpu",
            "requests.memory",
            "requests.ephemeral-storage",
            "requests.storage",
            "limits.cpu",
            "limits.memory",
            "limits.ephemeral-storage");

    private ResourceValidation() {}

    /** Checks the requests and limits of a container or pod. */
    static void requirements(ResourceRequirements resources, Set<String> claims, FieldPath path, FieldErrors errors) {
        FieldPath limits = path.child("limits");
        FieldPath requests = path.child("requests");
        for (Map.Entry<String, Quantity> limit : new TreeMap<>(resources.limits()).entrySet()) {
            amount(limit.getKey(), limit.getValue(), limits.key(limit.getKey()), errors);
        }
        for (Map.Entry<String, Quantity> request : new TreeMap<>(resources.requests()).entrySet()) {
            amount(request.getKey(), request.getValue(), requests.key(request.getKey()), errors);
            notAboveLimit(request.getKey(), request.getValue(), resources, path, errors);
        }
        Set<String> all = new HashSet<>(resources.limits().keySet());
        all.addAll(resources.requests().keySet());
        if (hasHugePages(all) && !all.contains("cpu") && !all.contains("memory")) {
            errors.forbidden(path, "HugePages require cpu or memory");
        }
        claims(resources, claims, path.child("claims"), errors);
    }

    private static boolean hasHugePages(Set<String> resources) {
        for (String name : resources) {
            if (name.startsWith(HUGE_PAGES)) {
                return true;
            }
        }
        return false;
    }

    private static void amount(String name, Quantity amount, FieldPath path, FieldErrors errors) {
        containerResourceName(name, path, errors);
        quantity(name, amount, path, errors);
        if (name.startsWith(HUGE_PAGES) && !isMultiple(amount, name.substring(HUGE_PAGES.length()))) {
            errors.invalid(path, amount, amount + " is not positive integer multiple of " + name);
        }
    }

    private static boolean isMultiple(Quantity amount, String pageSize) {
        try {
            BigDecimal page = Quantity.parse(pageSize).amount();
            return page.signum() > 0 && amount.amount().remainder(page).signum() == 0;
        } catch (IllegalArgumentException notASize) {
            return false;
        }
    }

    private static void notAboveLimit(
            String name, Quantity request, ResourceRequirements resources, FieldPath path, FieldErrors errors) {
        Quantity limit = resources.limits().get(name);
        boolean overcommit = isNative(name) && !name.startsWith(HUGE_PAGES);
        if (limit == null) {
            if (!overcommit) {
                errors.required(path.child("limits"), "Limit must be set for non overcommitable resources");
            }
        } else if (!overcommit && request.compareTo(limit) != 0) {
            errors.invalid(path.child("requests"), request, "must be equal to " + name + " limit of " + limit);
        } else if (request.compareTo(limit) > 0) {
            errors.invalid(
                    path.child("requests"), request, "must be less than or equal to " + name + " limit of " + limit);
        }
    }

    private static void claims(ResourceRequirements resources, Set<String> known, FieldPath path, FieldErrors errors) {
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < resources.claims().size(); i++) {
            ResourceClaim claim = resources.claims().get(i);
            String name = claim.name();
            if (name.isEmpty()) {
                errors.required(path.index(i));
            } else if (!seen.add(claim.request() == null ? name : name + "/" + claim.request())) {
                errors.duplicate(path.index(i), name);
            } else if (!known.contains(name)) {
                errors.notFound(
                        path.index(i),
                        name,
                        "must be one of the names in pod.spec.resourceClaims"
                                + (known.isEmpty()
                                        ? " which is empty"
                                        : ": " + String.join(", ", new TreeSet<>(known))));
            }
        }
    }

    private static void containerResourceName(String name, FieldPath path, FieldErrors errors) {
        if (FOR_CONTAINERS.contains(name)) {
            return;
        }
        errors.invalid(path, name, Names.qualifiedName(name));
        boolean huge = name.startsWith(HUGE_PAGES);
        if (name.indexOf('/') < 0) {
            if (!huge && !STANDARD.contains(name) && !COUNTED.contains(name)) {
                errors.invalid(path, name, "must be a standard resource type or fully qualified");
            }
            if (!huge) {
                errors.invalid(path, name, "must be a standard resource for containers");
            }
        } else if (!isNative(name) && !isExtended(name)) {
            errors.invalid(path, name, "doesn't follow extended resource name standard");
        }
    }

    /** Checks that an amount is not negative, and whole where halves make no sense. */
    public static void quantity(String name, Quantity amount, FieldPath path, FieldErrors errors) {
        if (amount.signum() < 0) {
            errors.invalid(path, amount, FieldErrors.NEGATIVE);
        }
        boolean whole = COUNTED.contains(name) || isExtended(name);
        if (whole && !amount.isWhole()) {
            errors.invalid(path, amount, "must be an integer");
        }
    }

    private static boolean isNative(String name) {
        return name.indexOf('/') < 0 || name.contains("kubernetes.io/");
    }

    private static boolean isExtended(String name) {
        return !isNative(name)
                && !name.startsWith("requests.")
                && Names.qualifiedName("requests." + name).isEmpty();
    }
}
