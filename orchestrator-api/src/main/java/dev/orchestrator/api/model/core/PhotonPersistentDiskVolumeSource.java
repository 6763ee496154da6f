package dev.orchestrator.api.model.core;

import dev.orchestrator.api.collect.Immutables;
import dev.orchestrator.api.model.Model;
import dev.orchestrator.api.model.Required;
import org.jspecify.annotations.Nullable;

/** A disk of a Photon controller. */
@Model
public record PhotonPersistentDiskVolumeSource(
        @Nullable String fsType, @Required String pdID) {

    /** Copies the collections and fills in what Kubernetes never leaves absent. */
    public PhotonPersistentDiskVolumeSource {
        pdID = Immutables.text(pdID);
    }
}
