package dev.orchestrator.api.model.core;

import dev.orchestrator.api.model.Model;
import dev.orchestrator.api.model.Required;

import static java.util.Objects.requireNonNullElse;

/** Pods that a pod prefers to be near or away from, and how much. */
@Model
public record WeightedPodAffinityTerm(
        @Required PodAffinityTerm podAffinityTerm, @Required int weight) {

    /** Copies the collections and fills in what Kubernetes never leaves absent. */
    public WeightedPodAffinityTerm {
        podAffinityTerm = requireNonNullElse(podAffinityTerm, PodAffinityTerm.EMPTY);
    }
}
