package dev.orchestrator.api.model.coordination;

import dev.orchestrator.api.model.Model;
import dev.orchestrator.api.model.Resource;
import dev.orchestrator.api.model.ResourceType;
import dev.orchestrator.api.model.ResourceTypes;
import dev.orchestrator.api.model.meta.ObjectMeta;

import static java.util.Objects.requireNonNullElse;

/** A claim on something for a time, renewed by its holder. */
@Model
public record Lease(ObjectMeta metadata, LeaseSpec spec) implements Resource {

    /** Copies the collections and fills in what Kubernetes never leaves absent. */
    public Lease {
        metadata = requireNonNullElse(metadata, ObjectMeta.EMPTY);
        spec = requireNonNullElse(spec, LeaseSpec.EMPTY);
    }

    @Override
    public ResourceType<Lease> resourceType() {
        return ResourceTypes.LEASE;
    }

    @Override
    public Lease withMetadata(ObjectMeta metadata) {
        return LeaseBuilder.builder(this).metadata(metadata).build();
    }
}
