package dev.orchestrator.api.model.core;

import java.util.Map;

import dev.orchestrator.api.collect.Immutables;
import dev.orchestrator.api.model.Model;
import dev.orchestrator.api.model.Quantity;

/** How much storage a claim asks for. */
@Model
public record VolumeResourceRequirements(Map<String, Quantity> limits, Map<String, Quantity> requests) {

    /** With nothing set. */
    public static final VolumeResourceRequirements EMPTY =
            VolumeResourceRequirementsBuilder.builder().build();

    /** Copies the collections and fills in what Kubernetes never leaves absent. */
    public VolumeResourceRequirements {
        limits = Immutables.map(limits);
        requests = Immutables.map(requests);
    }
}
