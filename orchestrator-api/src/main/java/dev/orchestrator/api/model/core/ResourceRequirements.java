package dev.orchestrator.api.model.core;

import java.util.List;
import java.util.Map;

import dev.orchestrator.api.collect.Immutables;
import dev.orchestrator.api.model.Model;
import dev.orchestrator.api.model.Quantity;

/** What a container asks for and may use at most. */
@Model
public record ResourceRequirements(
        List<ResourceClaim> claims, Map<String, Quantity> limits, Map<String, Quantity> requests) {

    /** With nothing set. */
    public static final ResourceRequirements EMPTY =
            ResourceRequirementsBuilder.builder().build();

    /** Copies the collections and fills in what Kubernetes never leaves absent. */
    public ResourceRequirements {
        claims = Immutables.list(claims);
        limits = Immutables.map(limits);
        requests = Immutables.map(requests);
    }
}
