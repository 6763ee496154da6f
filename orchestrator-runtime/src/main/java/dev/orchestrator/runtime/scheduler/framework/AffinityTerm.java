package dev.orchestrator.runtime.scheduler.framework;

import dev.orchestrator.api.model.core.PodAffinityTerm;

/**
 * Pods, and what being near them means.
 *
 * @param pods which pods
 * @param topologyKey nodes with the same value of this label are near each other
 */
public record AffinityTerm(PodSelector pods, String topologyKey) {

    /** A term that counts by its weight; a negative one keeps away. */
    public record Weighted(AffinityTerm term, int weight) {}

    static AffinityTerm of(PodAffinityTerm term, String owner) {
        return new AffinityTerm(PodSelector.of(term, owner), term.topologyKey());
    }
}
