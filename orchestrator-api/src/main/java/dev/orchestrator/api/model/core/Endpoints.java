package dev.orchestrator.api.model.core;

import java.util.List;

import dev.orchestrator.api.collect.Immutables;
import dev.orchestrator.api.model.Model;
import dev.orchestrator.api.model.Resource;
import dev.orchestrator.api.model.ResourceType;
import dev.orchestrator.api.model.ResourceTypes;
import dev.orchestrator.api.model.meta.ObjectMeta;

import static java.util.Objects.requireNonNullElse;

/** The addresses behind a service, in the older form. */
@Model
public record Endpoints(ObjectMeta metadata, List<EndpointSubset> subsets) implements Resource {

    /** Copies the collections and fills in what Kubernetes never leaves absent. */
    public Endpoints {
        metadata = requireNonNullElse(metadata, ObjectMeta.EMPTY);
        subsets = Immutables.list(subsets);
    }

    @Override
    public ResourceType<Endpoints> resourceType() {
        return ResourceTypes.ENDPOINTS;
    }

    @Override
    public Endpoints withMetadata(ObjectMeta metadata) {
        return EndpointsBuilder.builder(this).metadata(metadata).build();
    }
}
