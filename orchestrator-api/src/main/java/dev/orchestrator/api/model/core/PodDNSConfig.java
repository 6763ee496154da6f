package dev.orchestrator.api.model.core;

import java.util.List;

import dev.orchestrator.api.collect.Immutables;
import dev.orchestrator.api.model.Model;

/** How a pod resolves names, beyond its policy. */
@Model
public record PodDNSConfig(List<String> nameservers, List<PodDNSConfigOption> options, List<String> searches) {

    /** Copies the collections and fills in what Kubernetes never leaves absent. */
    public PodDNSConfig {
        nameservers = Immutables.list(nameservers);
        options = Immutables.list(options);
        searches = Immutables.list(searches);
    }
}
