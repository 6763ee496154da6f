package dev.orchestrator.api.model.core;

import dev.orchestrator.api.collect.Immutables;
import dev.orchestrator.api.model.Model;
import dev.orchestrator.api.model.Required;

/** A condition that must hold before a pod counts as ready. */
@Model
public record PodReadinessGate(@Required String conditionType) {

    /** Copies the collections and fills in what Kubernetes never leaves absent. */
    public PodReadinessGate {
        conditionType = Immutables.text(conditionType);
    }
}
