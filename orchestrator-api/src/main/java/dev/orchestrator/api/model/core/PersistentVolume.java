package dev.orchestrator.api.model.core;

import dev.orchestrator.api.model.Model;
import dev.orchestrator.api.model.Resource;
import dev.orchestrator.api.model.ResourceType;
import dev.orchestrator.api.model.ResourceTypes;
import dev.orchestrator.api.model.meta.ObjectMeta;

import static java.util.Objects.requireNonNullElse;

/** A piece of storage that outlives pods. */
@Model
public record PersistentVolume(ObjectMeta metadata, PersistentVolumeSpec spec, PersistentVolumeStatus status)
        implements Resource {

    /** Copies the collections and fills in what Kubernetes never leaves absent. */
    public PersistentVolume {
        metadata = requireNonNullElse(metadata, ObjectMeta.EMPTY);
        spec = requireNonNullElse(spec, PersistentVolumeSpec.EMPTY);
        status = requireNonNullElse(status, PersistentVolumeStatus.EMPTY);
    }

    @Override
    public ResourceType<PersistentVolume> resourceType() {
        return ResourceTypes.PERSISTENT_VOLUME;
    }

    @Override
    public PersistentVolume withMetadata(ObjectMeta metadata) {
        return PersistentVolumeBuilder.builder(this).metadata(metadata).build();
    }
}
