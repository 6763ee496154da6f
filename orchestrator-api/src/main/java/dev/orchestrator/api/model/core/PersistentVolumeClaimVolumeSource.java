package dev.orchestrator.api.model.core;

import dev.orchestrator.api.collect.Immutables;
import dev.orchestrator.api.model.Model;
import dev.orchestrator.api.model.Required;
import org.jspecify.annotations.Nullable;

/** The storage behind a claim. */
@Model
public record PersistentVolumeClaimVolumeSource(
        @Required String claimName, @Nullable Boolean readOnly) {

    /** Copies the collections and fills in what Kubernetes never leaves absent. */
    public PersistentVolumeClaimVolumeSource {
        claimName = Immutables.text(claimName);
    }
}
