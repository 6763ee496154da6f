package dev.orchestrator.api.model.core;

import dev.orchestrator.api.model.Model;
import dev.orchestrator.api.model.Resource;
import dev.orchestrator.api.model.ResourceType;
import dev.orchestrator.api.model.ResourceTypes;
import dev.orchestrator.api.model.meta.ObjectMeta;

import static java.util.Objects.requireNonNullElse;

/** A scope for names, policies and deletion. */
@Model
public record Namespace(ObjectMeta metadata, NamespaceSpec spec, NamespaceStatus status) implements Resource {

    /** Copies the collections and fills in what Kubernetes never leaves absent. */
    public Namespace {
        metadata = requireNonNullElse(metadata, ObjectMeta.EMPTY);
        spec = requireNonNullElse(spec, NamespaceSpec.EMPTY);
        status = requireNonNullElse(status, NamespaceStatus.EMPTY);
    }

    @Override
    public ResourceType<Namespace> resourceType() {
        return ResourceTypes.NAMESPACE;
    }

    @Override
    public Namespace withMetadata(ObjectMeta metadata) {
        return NamespaceBuilder.builder(this).metadata(metadata).build();
    }
}
