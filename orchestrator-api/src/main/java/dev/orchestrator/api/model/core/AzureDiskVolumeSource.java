package dev.orchestrator.api.model.core;

import dev.orchestrator.api.collect.Immutables;
import dev.orchestrator.api.model.Model;
import dev.orchestrator.api.model.Required;
import org.jspecify.annotations.Nullable;

/** A data disk of Azure. */
@Model
public record AzureDiskVolumeSource(
        @Nullable String cachingMode,
        @Required String diskName,
        @Required String diskURI,
        @Nullable String fsType,
        @Nullable String kind,
        @Nullable Boolean readOnly) {

    /** Copies the collections and fills in what Kubernetes never leaves absent. */
    public AzureDiskVolumeSource {
        diskName = Immutables.text(diskName);
        diskURI = Immutables.text(diskURI);
    }
}
