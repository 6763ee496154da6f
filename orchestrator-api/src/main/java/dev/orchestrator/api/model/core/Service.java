package dev.orchestrator.api.model.core;

import dev.orchestrator.api.model.Model;
import dev.orchestrator.api.model.Resource;
import dev.orchestrator.api.model.ResourceType;
import dev.orchestrator.api.model.ResourceTypes;
import dev.orchestrator.api.model.meta.ObjectMeta;

import static java.util.Objects.requireNonNullElse;

/** A stable address for a changing set of pods. */
@Model
public record Service(ObjectMeta metadata, ServiceSpec spec, ServiceStatus status) implements Resource {

    /** Copies the collections and fills in what Kubernetes never leaves absent. */
    public Service {
        metadata = requireNonNullElse(metadata, ObjectMeta.EMPTY);
        spec = requireNonNullElse(spec, ServiceSpec.EMPTY);
        status = requireNonNullElse(status, ServiceStatus.EMPTY);
    }

    @Override
    public ResourceType<Service> resourceType() {
        return ResourceTypes.SERVICE;
    }

    @Override
    public Service withMetadata(ObjectMeta metadata) {
        return ServiceBuilder.builder(this).metadata(metadata).build();
    }
}
