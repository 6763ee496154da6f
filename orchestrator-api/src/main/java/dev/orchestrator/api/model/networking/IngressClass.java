package dev.orchestrator.api.model.networking;

import dev.orchestrator.api.model.Model;
import dev.orchestrator.api.model.Resource;
import dev.orchestrator.api.model.ResourceType;
import dev.orchestrator.api.model.ResourceTypes;
import dev.orchestrator.api.model.meta.ObjectMeta;

import static java.util.Objects.requireNonNullElse;

/** A controller that ingresses can ask for. */
@Model
public record IngressClass(ObjectMeta metadata, IngressClassSpec spec) implements Resource {

    /** Copies the collections and fills in what Kubernetes never leaves absent. */
    public IngressClass {
        metadata = requireNonNullElse(metadata, ObjectMeta.EMPTY);
        spec = requireNonNullElse(spec, IngressClassSpec.EMPTY);
    }

    @Override
    public ResourceType<IngressClass> resourceType() {
        return ResourceTypes.INGRESS_CLASS;
    }

    @Override
    public IngressClass withMetadata(ObjectMeta metadata) {
        return IngressClassBuilder.builder(this).metadata(metadata).build();
    }
}
