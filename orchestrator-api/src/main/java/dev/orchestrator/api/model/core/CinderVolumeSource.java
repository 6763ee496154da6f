package dev.orchestrator.api.model.core;

import dev.orchestrator.api.collect.Immutables;
import dev.orchestrator.api.model.Model;
import dev.orchestrator.api.model.Required;
import org.jspecify.annotations.Nullable;

/** A disk of OpenStack Cinder. */
@Model
public record CinderVolumeSource(
        @Nullable String fsType,
        @Nullable Boolean readOnly,
        @Nullable LocalObjectReference secretRef,
        @Required String volumeID) {

    /** Copies the collections and fills in what Kubernetes never leaves absent. */
    public CinderVolumeSource {
        volumeID = Immutables.text(volumeID);
    }
}
