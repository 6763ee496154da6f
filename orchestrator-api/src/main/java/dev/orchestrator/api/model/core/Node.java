package dev.orchestrator.api.model.core;

import dev.orchestrator.api.model.Model;
import dev.orchestrator.api.model.Resource;
import dev.orchestrator.api.model.ResourceType;
import dev.orchestrator.api.model.ResourceTypes;
import dev.orchestrator.api.model.meta.ObjectMeta;

import static java.util.Objects.requireNonNullElse;

/** A machine, real or simulated, that runs pods. */
@Model
public record Node(ObjectMeta metadata, NodeSpec spec, NodeStatus status) implements Resource {

    /** Copies the collections and fills in what Kubernetes never leaves absent. */
    public Node {
        metadata = requireNonNullElse(metadata, ObjectMeta.EMPTY);
        spec = requireNonNullElse(spec, NodeSpec.EMPTY);
        status = requireNonNullElse(status, NodeStatus.EMPTY);
    }

    @Override
    public ResourceType<Node> resourceType() {
        return ResourceTypes.NODE;
    }

    @Override
    public Node withMetadata(ObjectMeta metadata) {
        return NodeBuilder.builder(this).metadata(metadata).build();
    }
}
