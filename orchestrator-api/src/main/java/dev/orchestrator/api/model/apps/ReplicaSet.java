package dev.orchestrator.api.model.apps;

import dev.orchestrator.api.model.Model;
import dev.orchestrator.api.model.Resource;
import dev.orchestrator.api.model.ResourceType;
import dev.orchestrator.api.model.ResourceTypes;
import dev.orchestrator.api.model.meta.ObjectMeta;

import static java.util.Objects.requireNonNullElse;

/** Kubernetes ReplicaSet. */
@Model
public record ReplicaSet(ObjectMeta metadata, ReplicaSetSpec spec, ReplicaSetStatus status) implements Resource {

    /** Copies the collections and fills in what Kubernetes never leaves absent. */
    public ReplicaSet {
        metadata = requireNonNullElse(metadata, ObjectMeta.EMPTY);
        spec = requireNonNullElse(spec, ReplicaSetSpec.EMPTY);
        status = requireNonNullElse(status, ReplicaSetStatus.EMPTY);
    }

    @Override
    public ResourceType<ReplicaSet> resourceType() {
        return ResourceTypes.REPLICA_SET;
    }

    @Override
    public ReplicaSet withMetadata(ObjectMeta metadata) {
        return ReplicaSetBuilder.builder(this).metadata(metadata).build();
    }
}
