package dev.orchestrator.api.model.core;

import dev.orchestrator.api.model.Model;
import dev.orchestrator.api.model.Resource;
import dev.orchestrator.api.model.ResourceType;
import dev.orchestrator.api.model.ResourceTypes;
import dev.orchestrator.api.model.meta.ObjectMeta;

import static java.util.Objects.requireNonNullElse;

/** Bounds and defaults for what single objects of a namespace may ask for. */
@Model
public record LimitRange(ObjectMeta metadata, LimitRangeSpec spec) implements Resource {

    /** Copies the collections and fills in what Kubernetes never leaves absent. */
    public LimitRange {
        metadata = requireNonNullElse(metadata, ObjectMeta.EMPTY);
        spec = requireNonNullElse(spec, LimitRangeSpec.EMPTY);
    }

    @Override
    public ResourceType<LimitRange> resourceType() {
        return ResourceTypes.LIMIT_RANGE;
    }

    @Override
    public LimitRange withMetadata(ObjectMeta metadata) {
        return LimitRangeBuilder.builder(this).metadata(metadata).build();
    }
}
