package dev.orchestrator.api.model.core;

import java.util.List;

import dev.orchestrator.api.collect.Immutables;
import dev.orchestrator.api.model.Model;

/** Which pods a pod wants to be near. */
@Model
public record PodAffinity(
        List<WeightedPodAffinityTerm> preferredDuringSchedulingIgnoredDuringExecution,
        List<PodAffinityTerm> requiredDuringSchedulingIgnoredDuringExecution) {

    /** Copies the collections and fills in what Kubernetes never leaves absent. */
    public PodAffinity {
        preferredDuringSchedulingIgnoredDuringExecution =
                Immutables.list(preferredDuringSchedulingIgnoredDuringExecution);
        requiredDuringSchedulingIgnoredDuringExecution =
                Immutables.list(requiredDuringSchedulingIgnoredDuringExecution);
    }
}
