package dev.orchestrator.api.model.core;

import dev.orchestrator.api.model.Model;
import dev.orchestrator.api.model.Required;
import dev.orchestrator.api.model.Resource;
import dev.orchestrator.api.model.ResourceType;
import dev.orchestrator.api.model.ResourceTypes;
import dev.orchestrator.api.model.meta.ObjectMeta;

import static java.util.Objects.requireNonNullElse;

/** Puts a pod on a node. */
@Model
public record Binding(ObjectMeta metadata, @Required ObjectReference target) implements Resource {

    /** Copies the collections and fills in what Kubernetes never leaves absent. */
    public Binding {
        metadata = requireNonNullElse(metadata, ObjectMeta.EMPTY);
        target = requireNonNullElse(target, ObjectReference.EMPTY);
    }

    @Override
    public ResourceType<Binding> resourceType() {
        return ResourceTypes.BINDING;
    }

    @Override
    public Binding withMetadata(ObjectMeta metadata) {
        return BindingBuilder.builder(this).metadata(metadata).build();
    }
}
