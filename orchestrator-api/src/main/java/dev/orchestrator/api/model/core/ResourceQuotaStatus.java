package dev.orchestrator.api.model.core;

import java.util.Map;

import dev.orchestrator.api.collect.Immutables;
import dev.orchestrator.api.model.Model;
import dev.orchestrator.api.model.Quantity;

/** What of a quota is used. */
@Model
public record ResourceQuotaStatus(Map<String, Quantity> hard, Map<String, Quantity> used) {

    /** With nothing set. */
    public static final ResourceQuotaStatus EMPTY =
            ResourceQuotaStatusBuilder.builder().build();

    /** Copies the collections and fills in what Kubernetes never leaves absent. */
    public ResourceQuotaStatus {
        hard = Immutables.map(hard);
        used = Immutables.map(used);
    }
}
