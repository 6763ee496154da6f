package dev.orchestrator.api.model.core;

import dev.orchestrator.api.model.Model;
import dev.orchestrator.api.model.Resource;
import dev.orchestrator.api.model.ResourceType;
import dev.orchestrator.api.model.ResourceTypes;
import dev.orchestrator.api.model.meta.ObjectMeta;

import static java.util.Objects.requireNonNullElse;

/** Bounds on what a namespace may hold in all. */
@Model
public record ResourceQuota(ObjectMeta metadata, ResourceQuotaSpec spec, ResourceQuotaStatus status)
        implements Resource {

    /** Copies the collections and fills in what Kubernetes never leaves absent. */
    public ResourceQuota {
        metadata = requireNonNullElse(metadata, ObjectMeta.EMPTY);
        spec = requireNonNullElse(spec, ResourceQuotaSpec.EMPTY);
        status = requireNonNullElse(status, ResourceQuotaStatus.EMPTY);
    }

    @Override
    public ResourceType<ResourceQuota> resourceType() {
        return ResourceTypes.RESOURCE_QUOTA;
    }

    @Override
    public ResourceQuota withMetadata(ObjectMeta metadata) {
        return ResourceQuotaBuilder.builder(this).metadata(metadata).build();
    }
}
