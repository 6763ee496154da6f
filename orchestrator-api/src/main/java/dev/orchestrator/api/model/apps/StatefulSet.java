package dev.orchestrator.api.model.apps;

import dev.orchestrator.api.model.Model;
import dev.orchestrator.api.model.Resource;
import dev.orchestrator.api.model.ResourceType;
import dev.orchestrator.api.model.ResourceTypes;
import dev.orchestrator.api.model.meta.ObjectMeta;

import static java.util.Objects.requireNonNullElse;

/** Runs pods with stable names, addresses and volumes, in order. */
@Model
public record StatefulSet(ObjectMeta metadata, StatefulSetSpec spec, StatefulSetStatus status) implements Resource {

    /** Copies the collections and fills in what Kubernetes never leaves absent. */
    public StatefulSet {
        metadata = requireNonNullElse(metadata, ObjectMeta.EMPTY);
        spec = requireNonNullElse(spec, StatefulSetSpec.EMPTY);
        status = requireNonNullElse(status, StatefulSetStatus.EMPTY);
    }

    @Override
    public ResourceType<StatefulSet> resourceType() {
        return ResourceTypes.STATEFUL_SET;
    }

    @Override
    public StatefulSet withMetadata(ObjectMeta metadata) {
        return StatefulSetBuilder.builder(this).metadata(metadata).build();
    }
}
