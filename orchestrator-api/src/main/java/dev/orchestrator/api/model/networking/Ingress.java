package dev.orchestrator.api.model.networking;

import dev.orchestrator.api.model.Model;
import dev.orchestrator.api.model.Resource;
import dev.orchestrator.api.model.ResourceType;
import dev.orchestrator.api.model.ResourceTypes;
import dev.orchestrator.api.model.meta.ObjectMeta;

import static java.util.Objects.requireNonNullElse;

/** Routes HTTP requests from outside to services by host and path. */
@Model
public record Ingress(ObjectMeta metadata, IngressSpec spec, IngressStatus status) implements Resource {

    /** Copies the collections and fills in what Kubernetes never leaves absent. */
    public Ingress {
        metadata = requireNonNullElse(metadata, ObjectMeta.EMPTY);
        spec = requireNonNullElse(spec, IngressSpec.EMPTY);
        status = requireNonNullElse(status, IngressStatus.EMPTY);
    }

    @Override
    public ResourceType<Ingress> resourceType() {
        return ResourceTypes.INGRESS;
    }

    @Override
    public Ingress withMetadata(ObjectMeta metadata) {
        return IngressBuilder.builder(this).metadata(metadata).build();
    }
}
