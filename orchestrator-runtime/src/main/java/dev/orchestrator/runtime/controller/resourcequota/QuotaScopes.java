package dev.orchestrator.runtime.controller.resourcequota;

import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;

import dev.orchestrator.api.model.Resource;
import dev.orchestrator.api.model.core.Affinity;
import dev.orchestrator.api.model.core.PersistentVolumeClaim;
import dev.orchestrator.api.model.core.Pod;
import dev.orchestrator.api.model.core.PodAffinityTerm;
import dev.orchestrator.api.model.core.ResourceQuotaSpec;
import dev.orchestrator.api.model.core.ScopedResourceSelectorRequirement;
import dev.orchestrator.api.model.core.WeightedPodAffinityTerm;
import org.jspecify.annotations.Nullable;

/** Which objects a quota is about. */
final class QuotaScopes {

    private QuotaScopes() {}

    /** {@return whether an object is within all scopes of a quota; without scopes every object is} */
    static boolean matches(ResourceQuotaSpec quota, Resource object) {
        for (String scope : quota.scopes()) {
            if (!matches(new ScopedResourceSelectorRequirement("Exists", scope, List.of()), object)) {
                return false;
            }
        }
        return quota.scopeSelector() == null
                || quota.scopeSelector().matchExpressions().stream().allMatch(each -> matches(each, object));
    }

    private static boolean matches(ScopedResourceSelectorRequirement scope, Resource object) {
        return switch (object) {
            case Pod pod -> matchesPod(scope, pod);
            case PersistentVolumeClaim claim ->
                scope.scopeName().equals("VolumeAttributesClass") && isSelected(scope, attributeClasses(claim));
            default -> false;
        };
    }

    private static boolean matchesPod(ScopedResourceSelectorRequirement scope, Pod pod) {
        return switch (scope.scopeName()) {
            case "Terminating" -> isTerminating(pod);
            case "NotTerminating" -> !isTerminating(pod);
            case "BestEffort" -> isBestEffort(pod);
            case "NotBestEffort" -> !isBestEffort(pod);
            case "PriorityClass" -> isSelected(scope, present(pod.spec().priorityClassName()));
            case "CrossNamespacePodAffinity" -> looksAcrossNamespaces(pod.spec().affinity());
            default -> false;
        };
    }

    /** Whether it ends by itself after a while. */
    private static boolean isTerminating(Pod pod) {
        Long deadline = pod.spec().activeDeadlineSeconds();
        return deadline != null && deadline >= 0;
    }

    private static boolean isBestEffort(Pod pod) {
        return "BestEffort".equals(pod.status().qosClass());
    }

    private static Collection<String> present(@Nullable String name) {
        return name == null || name.isEmpty() ? List.of() : List.of(name);
    }

    private static Collection<String> attributeClasses(PersistentVolumeClaim claim) {
        var names = new TreeSet<String>();
        names.addAll(present(claim.spec().volumeAttributesClassName()));
        names.addAll(present(claim.status().currentVolumeAttributesClassName()));
        var change = claim.status().modifyVolumeStatus();
        if (change != null) {
            names.addAll(present(change.targetVolumeAttributesClassName()));
        }
        return names;
    }

    /** As label selectors: what is absent is not in any set. */
    private static boolean isSelected(ScopedResourceSelectorRequirement scope, Collection<String> names) {
        return switch (scope.operator()) {
            case "Exists" -> !names.isEmpty();
            case "DoesNotExist" -> names.isEmpty();
            case "In" -> names.stream().anyMatch(scope.values()::contains);
            case "NotIn" ->
                names.isEmpty()
                        || names.stream().anyMatch(name -> !scope.values().contains(name));
            default -> false;
        };
    }

    private static boolean looksAcrossNamespaces(@Nullable Affinity affinity) {
        if (affinity == null) {
            return false;
        }
        Stream<PodAffinityTerm> near = affinity.podAffinity() == null
                ? Stream.empty()
                : terms(
                        affinity.podAffinity().requiredDuringSchedulingIgnoredDuringExecution(),
                        affinity.podAffinity().preferredDuringSchedulingIgnoredDuringExecution());
        Stream<PodAffinityTerm> apart = affinity.podAntiAffinity() == null
                ? Stream.empty()
                : terms(
                        affinity.podAntiAffinity().requiredDuringSchedulingIgnoredDuringExecution(),
                        affinity.podAntiAffinity().preferredDuringSchedulingIgnoredDuringExecution());
        return Stream.concat(near, apart)
                .anyMatch(term -> !term.namespaces().isEmpty() || term.namespaceSelector() != null);
    }

    private static Stream<PodAffinityTerm> terms(
            List<PodAffinityTerm> required, List<WeightedPodAffinityTerm> preferred) {
        return Stream.concat(required.stream(), preferred.stream().map(WeightedPodAffinityTerm::podAffinityTerm));
    }
}
