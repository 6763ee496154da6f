package dev.orchestrator.api.model.core;

import dev.orchestrator.api.collect.Immutables;
import dev.orchestrator.api.model.Model;
import dev.orchestrator.api.model.Required;
import org.jspecify.annotations.Nullable;

/** A disk of vSphere. */
@Model
public record VsphereVirtualDiskVolumeSource(
        @Nullable String fsType,
        @Nullable String storagePolicyID,
        @Nullable String storagePolicyName,
        @Required String volumePath) {

    /** Copies the collections and fills in what Kubernetes never leaves absent. */
    public VsphereVirtualDiskVolumeSource {
        volumePath = Immutables.text(volumePath);
    }
}
