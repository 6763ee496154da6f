package dev.orchestrator.api.model.core;

import dev.orchestrator.api.collect.Immutables;
import dev.orchestrator.api.model.Model;
import dev.orchestrator.api.model.Required;
import org.jspecify.annotations.Nullable;

/** A disk of Google Compute Engine. */
@Model
public record GCEPersistentDiskVolumeSource(
        @Nullable String fsType,
        @Nullable Integer partition,
        @Required String pdName,
        @Nullable Boolean readOnly) {

    /** Copies the collections and fills in what Kubernetes never leaves absent. */
    public GCEPersistentDiskVolumeSource {
        pdName = Immutables.text(pdName);
    }
}
