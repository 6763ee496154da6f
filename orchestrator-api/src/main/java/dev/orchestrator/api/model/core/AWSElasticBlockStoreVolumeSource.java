package dev.orchestrator.api.model.core;

import dev.orchestrator.api.collect.Immutables;
import dev.orchestrator.api.model.Model;
import dev.orchestrator.api.model.Required;
import org.jspecify.annotations.Nullable;

/** A disk of Amazon's Elastic Block Store. */
@Model
public record AWSElasticBlockStoreVolumeSource(
        @Nullable String fsType,
        @Nullable Integer partition,
        @Nullable Boolean readOnly,
        @Required String volumeID) {

    /** Copies the collections and fills in what Kubernetes never leaves absent. */
    public AWSElasticBlockStoreVolumeSource {
        volumeID = Immutables.text(volumeID);
    }
}
