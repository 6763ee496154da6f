package dev.orchestrator.api.model.discovery;

import java.util.List;

import dev.orchestrator.api.collect.Immutables;
import dev.orchestrator.api.model.Model;
import dev.orchestrator.api.model.Required;
import dev.orchestrator.api.model.Resource;
import dev.orchestrator.api.model.ResourceType;
import dev.orchestrator.api.model.ResourceTypes;
import dev.orchestrator.api.model.meta.ObjectMeta;

import static java.util.Objects.requireNonNullElse;

/** A part of the backends of a service. */
@Model
public record EndpointSlice(
        @Required String addressType, List<Endpoint> endpoints, ObjectMeta metadata, List<EndpointPort> ports)
        implements Resource {

    /** Copies the collections and fills in what Kubernetes never leaves absent. */
    public EndpointSlice {
        addressType = Immutables.text(addressType);
        endpoints = Immutables.list(endpoints);
        metadata = requireNonNullElse(metadata, ObjectMeta.EMPTY);
        ports = Immutables.list(ports);
    }

    @Override
    public ResourceType<EndpointSlice> resourceType() {
        return ResourceTypes.ENDPOINT_SLICE;
    }

    @Override
    public EndpointSlice withMetadata(ObjectMeta metadata) {
        return EndpointSliceBuilder.builder(this).metadata(metadata).build();
    }
}
