package dev.orchestrator.api.model.core;

import java.util.List;

import dev.orchestrator.api.collect.Immutables;
import dev.orchestrator.api.model.Model;
import dev.orchestrator.api.model.Required;
import dev.orchestrator.api.model.meta.LabelSelector;
import org.jspecify.annotations.Nullable;

/** How evenly pods are spread over zones, nodes or other domains. */
@Model
public record TopologySpreadConstraint(
        @Nullable LabelSelector labelSelector,
        List<String> matchLabelKeys,
        @Required int maxSkew,
        @Nullable Integer minDomains,
        @Nullable String nodeAffinityPolicy,
        @Nullable String nodeTaintsPolicy,
        @Required String topologyKey,
        @Required String whenUnsatisfiable) {

    /** Copies the collections and fills in what Kubernetes never leaves absent. */
    public TopologySpreadConstraint {
        matchLabelKeys = Immutables.list(matchLabelKeys);
        topologyKey = Immutables.text(topologyKey);
        whenUnsatisfiable = Immutables.text(whenUnsatisfiable);
    }
}
