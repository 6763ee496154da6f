package dev.orchestrator.api.model.core;

import java.util.List;

import dev.orchestrator.api.collect.Immutables;
import dev.orchestrator.api.model.Model;
import dev.orchestrator.api.model.Required;
import dev.orchestrator.api.model.meta.LabelSelector;
import org.jspecify.annotations.Nullable;

/** A set of pods and what being near them means. */
@Model
public record PodAffinityTerm(
        @Nullable LabelSelector labelSelector,
        List<String> matchLabelKeys,
        List<String> mismatchLabelKeys,
        @Nullable LabelSelector namespaceSelector,
        List<String> namespaces,
        @Required String topologyKey) {

    /** With nothing set. */
    public static final PodAffinityTerm EMPTY = PodAffinityTermBuilder.builder().build();

    /** Copies the collections and fills in what Kubernetes never leaves absent. */
    public PodAffinityTerm {
        matchLabelKeys = Immutables.list(matchLabelKeys);
        mismatchLabelKeys = Immutables.list(mismatchLabelKeys);
        namespaces = Immutables.list(namespaces);
        topologyKey = Immutables.text(topologyKey);
    }
}
