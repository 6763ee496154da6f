package dev.orchestrator.api.model.core;

import dev.orchestrator.api.model.Model;
import dev.orchestrator.api.model.Resource;
import dev.orchestrator.api.model.ResourceType;
import dev.orchestrator.api.model.ResourceTypes;
import dev.orchestrator.api.model.meta.ObjectMeta;

import static java.util.Objects.requireNonNullElse;

/** A request for a piece of storage. */
@Model
public record PersistentVolumeClaim(
        ObjectMeta metadata, PersistentVolumeClaimSpec spec, PersistentVolumeClaimStatus status) implements Resource {

    /** Copies the collections and fills in what Kubernetes never leaves absent. */
    public PersistentVolumeClaim {
        metadata = requireNonNullElse(metadata, ObjectMeta.EMPTY);
        spec = requireNonNullElse(spec, PersistentVolumeClaimSpec.EMPTY);
        status = requireNonNullElse(status, PersistentVolumeClaimStatus.EMPTY);
    }

    @Override
    public ResourceType<PersistentVolumeClaim> resourceType() {
        return ResourceTypes.PERSISTENT_VOLUME_CLAIM;
    }

    @Override
    public PersistentVolumeClaim withMetadata(ObjectMeta metadata) {
        return PersistentVolumeClaimBuilder.builder(this).metadata(metadata).build();
    }
}
