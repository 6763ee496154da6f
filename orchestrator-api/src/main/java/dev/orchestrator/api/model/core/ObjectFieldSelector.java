package dev.orchestrator.api.model.core;

import dev.orchestrator.api.collect.Immutables;
import dev.orchestrator.api.model.Model;
import dev.orchestrator.api.model.Required;
import org.jspecify.annotations.Nullable;

/** One field of the pod itself. */
@Model
public record ObjectFieldSelector(
        @Nullable String apiVersion, @Required String fieldPath) {

    /** Copies the collections and fills in what Kubernetes never leaves absent. */
    public ObjectFieldSelector {
        fieldPath = Immutables.text(fieldPath);
    }
}
