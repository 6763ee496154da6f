package dev.orchestrator.api.model.core;

import dev.orchestrator.api.collect.Immutables;
import dev.orchestrator.api.model.Model;
import dev.orchestrator.api.model.Required;
import org.jspecify.annotations.Nullable;

/** A token of the pod's service account as a file. */
@Model
public record ServiceAccountTokenProjection(
        @Nullable String audience,
        @Nullable Long expirationSeconds,
        @Required String path) {

    /** Copies the collections and fills in what Kubernetes never leaves absent. */
    public ServiceAccountTokenProjection {
        path = Immutables.text(path);
    }
}
