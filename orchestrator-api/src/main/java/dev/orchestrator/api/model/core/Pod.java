package dev.orchestrator.api.model.core;

import dev.orchestrator.api.model.Model;
import dev.orchestrator.api.model.Resource;
import dev.orchestrator.api.model.ResourceType;
import dev.orchestrator.api.model.ResourceTypes;
import dev.orchestrator.api.model.meta.ObjectMeta;

import static java.util.Objects.requireNonNullElse;

/** Kubernetes Pod. */
@Model
public record Pod(ObjectMeta metadata, PodSpec spec, PodStatus status) implements Resource {

    /** Copies the collections and fills in what Kubernetes never leaves absent. */
    public Pod {
        metadata = requireNonNullElse(metadata, ObjectMeta.EMPTY);
        spec = requireNonNullElse(spec, PodSpec.EMPTY);
        status = requireNonNullElse(status, PodStatus.EMPTY);
    }

    @Override
    public ResourceType<Pod> resourceType() {
        return ResourceTypes.POD;
    }

    @Override
    public Pod withMetadata(ObjectMeta metadata) {
        return PodBuilder.builder(this).metadata(metadata).build();
    }
}
