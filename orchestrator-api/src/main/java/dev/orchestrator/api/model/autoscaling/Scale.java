package dev.orchestrator.api.model.autoscaling;

import dev.orchestrator.api.model.Model;
import dev.orchestrator.api.model.Resource;
import dev.orchestrator.api.model.ResourceType;
import dev.orchestrator.api.model.ResourceTypes;
import dev.orchestrator.api.model.meta.ObjectMeta;

import static java.util.Objects.requireNonNullElse;

/** The number of replicas of anything that can be scaled, apart from the rest of it. */
@Model
public record Scale(ObjectMeta metadata, ScaleSpec spec, ScaleStatus status) implements Resource {

    /** Copies the collections and fills in what Kubernetes never leaves absent. */
    public Scale {
        metadata = requireNonNullElse(metadata, ObjectMeta.EMPTY);
        spec = requireNonNullElse(spec, ScaleSpec.EMPTY);
        status = requireNonNullElse(status, ScaleStatus.EMPTY);
    }

    @Override
    public ResourceType<Scale> resourceType() {
        return ResourceTypes.SCALE;
    }

    @Override
    public Scale withMetadata(ObjectMeta metadata) {
        return ScaleBuilder.builder(this).metadata(metadata).build();
    }
}
