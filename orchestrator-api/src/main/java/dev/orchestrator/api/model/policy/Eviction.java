package dev.orchestrator.api.model.policy;

import dev.orchestrator.api.model.Model;
import dev.orchestrator.api.model.Resource;
import dev.orchestrator.api.model.ResourceType;
import dev.orchestrator.api.model.ResourceTypes;
import dev.orchestrator.api.model.meta.DeleteOptions;
import dev.orchestrator.api.model.meta.ObjectMeta;
import org.jspecify.annotations.Nullable;

import static java.util.Objects.requireNonNullElse;

/** Asks for a pod to be removed if its disruption budgets allow it. */
@Model
public record Eviction(@Nullable DeleteOptions deleteOptions, ObjectMeta metadata) implements Resource {

    /** Copies the collections and fills in what Kubernetes never leaves absent. */
    public Eviction {
        metadata = requireNonNullElse(metadata, ObjectMeta.EMPTY);
    }

    @Override
    public ResourceType<Eviction> resourceType() {
        return ResourceTypes.EVICTION;
    }

    @Override
    public Eviction withMetadata(ObjectMeta metadata) {
        return EvictionBuilder.builder(this).metadata(metadata).build();
    }
}
