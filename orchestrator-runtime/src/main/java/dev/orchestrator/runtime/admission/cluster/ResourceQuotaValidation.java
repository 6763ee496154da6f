package dev.orchestrator.runtime.admission.cluster;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

import dev.orchestrator.api.model.Quantity;
import dev.orchestrator.api.model.core.ResourceQuota;
import dev.orchestrator.api.model.core.ResourceQuotaSpec;
import dev.orchestrator.api.model.core.ScopeSelector;
import dev.orchestrator.api.model.core.ScopedResourceSelectorRequirement;
import dev.orchestrator.runtime.admission.field.FieldErrors;
import dev.orchestrator.runtime.admission.field.FieldPath;
import dev.orchestrator.runtime.admission.field.GoLiteral;
import dev.orchestrator.runtime.admission.kind.Validator;
import dev.orchestrator.runtime.admission.pod.ResourceValidation;

import static dev.orchestrator.runtime.admission.kind.Identity.same;

/** The rules of quotas: what is counted, and of which pods or claims. */
final class ResourceQuotaValidation implements Validator<ResourceQuota> {

    private static final FieldPath SPEC = FieldPath.of("spec");
    private static final FieldPath STATUS = FieldPath.of("status");
    private static final FieldPath SCOPES = SPEC.child("scopes");
    private static final Set<String> OF_PODS =
            Set.of("Terminating", "NotTerminating", "NotBestEffort", "PriorityClass", "CrossNamespacePodAffinity");
    private static final Set<String> WITHOUT_VALUES =
            Set.of("BestEffort", "NotBestEffort", "Terminating", "NotTerminating", "CrossNamespacePodAffinity");
    private static final String BEST_EFFORT = "BestEffort";
    private static final String ATTRIBUTES_CLASS = "VolumeAttributesClass";
    private static final List<Set<String>> CONFLICTS =
            List.of(Set.of(BEST_EFFORT, "NotBestEffort"), Set.of("Terminating", "NotTerminating"));

    @Override
    public void validateCreate(ResourceQuota quota, FieldErrors errors) {
        spec(quota.spec(), errors);
        status(quota, errors);
    }

    private static void spec(ResourceQuotaSpec spec, FieldErrors errors) {
        amounts(spec.hard(), SPEC.child("hard"), errors);
        GoLiteral scopes = GoLiteral.texts("core.ResourceQuotaScope", spec.scopes());
        for (String scope : spec.scopes()) {
            if (!isKnown(scope)) {
                errors.invalid(SCOPES, scopes, "unsupported scope");
            }
            resourcesOf(scope, spec, SCOPES, scopes, errors);
        }
        conflicts(Set.copyOf(spec.scopes()), SCOPES, scopes, errors);
        if (spec.scopeSelector() != null) {
            selector(spec.scopeSelector(), spec, scopes, errors);
        }
    }

    private static void selector(ScopeSelector selector, ResourceQuotaSpec spec, GoLiteral scopes, FieldErrors errors) {
        FieldPath path = SPEC.child("scopeSelector", "matchExpressions");
        Set<String> named = new HashSet<>();
        for (ScopedResourceSelectorRequirement wanted : selector.matchExpressions()) {
            if (!isKnown(wanted.scopeName())) {
                errors.invalid(path.child("scopeName"), wanted.scopeName(), "unsupported scope");
            }
            resourcesOf(wanted.scopeName(), spec, path, selector, errors);
            requirement(wanted, path, errors);
            named.add(wanted.scopeName());
        }
        conflicts(named, path, scopes, errors);
    }

    private static void requirement(ScopedResourceSelectorRequirement wanted, FieldPath path, FieldErrors errors) {
        FieldPath operator = path.child("operator");
        FieldPath values = path.child("values");
        if (WITHOUT_VALUES.contains(wanted.scopeName()) && !wanted.operator().equals("Exists")) {
            errors.invalid(
                    operator,
                    wanted.operator(),
                    "must be 'Exists' when scope is any of ResourceQuotaScopeTerminating,"
                            + " ResourceQuotaScopeNotTerminating, ResourceQuotaScopeBestEffort,"
                            + " ResourceQuotaScopeNotBestEffort or ResourceQuotaScopeCrossNamespacePodAffinity");
        }
        switch (wanted.operator()) {
            case "In", "NotIn" -> {
                if (wanted.values().isEmpty()) {
                    errors.required(
                            values, "must be at least one value when `operator` is 'In' or 'NotIn' for scope selector");
                }
            }
            case "Exists", "DoesNotExist" -> {
                if (!wanted.values().isEmpty()) {
                    errors.invalid(
                            values,
                            wanted.values(),
                            "must be no value when `operator` is 'Exist' or 'DoesNotExist' for scope selector");
                }
            }
            default -> errors.invalid(operator, wanted.operator(), "not a valid selector operator");
        }
    }

    private static boolean isKnown(String scope) {
        return OF_PODS.contains(scope) || scope.equals(BEST_EFFORT) || scope.equals(ATTRIBUTES_CLASS);
    }

    private static void resourcesOf(
            String scope, ResourceQuotaSpec spec, FieldPath path, Object shown, FieldErrors errors) {
        for (String resource : new TreeSet<>(spec.hard().keySet())) {
            if (ResourceNames.isStandardQuota(resource) && !applies(scope, resource)) {
                errors.invalid(path, shown, "unsupported scope applied to resource");
            }
        }
    }

    private static boolean applies(String scope, String resource) {
        if (OF_PODS.contains(scope)) {
            return ResourceNames.POD_COUNT.contains(resource) || ResourceNames.COMPUTE.contains(resource);
        }
        return switch (scope) {
            case BEST_EFFORT -> ResourceNames.POD_COUNT.contains(resource);
            case ATTRIBUTES_CLASS -> ResourceNames.CLAIMS.contains(resource);
            default -> true;
        };
    }

    private static void conflicts(Set<String> scopes, FieldPath path, Object shown, FieldErrors errors) {
        for (Set<String> conflict : CONFLICTS) {
            if (scopes.containsAll(conflict)) {
                errors.invalid(path, shown, "conflicting scopes");
            }
        }
    }

    private static void amounts(Map<String, Quantity> amounts, FieldPath path, FieldErrors errors) {
        new TreeMap<>(amounts).forEach((name, amount) -> {
            ResourceNames.validateForQuota(name, path.key(name), errors);
            ResourceValidation.quantity(name, amount, path.key(name), errors);
        });
    }

    private static void status(ResourceQuota quota, FieldErrors errors) {
        amounts(quota.status().hard(), STATUS.child("hard"), errors);
        amounts(quota.status().used(), STATUS.child("used"), errors);
    }

    @Override
    public void validateUpdate(ResourceQuota old, ResourceQuota updated, FieldErrors errors) {
        if (same(old.spec(), updated.spec())) {
            return;
        }
        spec(updated.spec(), errors);
        List<String> scopes = updated.spec().scopes();
        if (!Set.copyOf(old.spec().scopes()).equals(Set.copyOf(scopes))) {
            errors.invalid(SCOPES, GoLiteral.texts("core.ResourceQuotaScope", scopes), FieldErrors.IMMUTABLE);
        }
    }

    @Override
    public void validateStatusUpdate(ResourceQuota old, ResourceQuota updated, FieldErrors errors) {
        status(updated, errors);
    }
}
