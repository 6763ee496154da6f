package dev.orchestrator.api.model.core;

import dev.orchestrator.api.collect.Immutables;
import dev.orchestrator.api.model.Model;
import dev.orchestrator.api.model.Required;
import org.jspecify.annotations.Nullable;

/** A Portworx volume. */
@Model
public record PortworxVolumeSource(
        @Nullable String fsType,
        @Nullable Boolean readOnly,
        @Required String volumeID) {

    /** Copies the collections and fills in what Kubernetes never leaves absent. */
    public PortworxVolumeSource {
        volumeID = Immutables.text(volumeID);
    }
}
