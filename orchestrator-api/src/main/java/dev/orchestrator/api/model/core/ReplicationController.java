package dev.orchestrator.api.model.core;

import dev.orchestrator.api.model.Model;
import dev.orchestrator.api.model.Resource;
import dev.orchestrator.api.model.ResourceType;
import dev.orchestrator.api.model.ResourceTypes;
import dev.orchestrator.api.model.meta.ObjectMeta;

import static java.util.Objects.requireNonNullElse;

/** Kubernetes ReplicationController. */
@Model
public record ReplicationController(
        ObjectMeta metadata, ReplicationControllerSpec spec, ReplicationControllerStatus status) implements Resource {

    /** Copies the collections and fills in what Kubernetes never leaves absent. */
    public ReplicationController {
        metadata = requireNonNullElse(metadata, ObjectMeta.EMPTY);
        spec = requireNonNullElse(spec, ReplicationControllerSpec.EMPTY);
        status = requireNonNullElse(status, ReplicationControllerStatus.EMPTY);
    }

    @Override
    public ResourceType<ReplicationController> resourceType() {
        return ResourceTypes.REPLICATION_CONTROLLER;
    }

    @Override
    public ReplicationController withMetadata(ObjectMeta metadata) {
        return ReplicationControllerBuilder.builder(this).metadata(metadata).build();
    }
}
