package dev.orchestrator.api.model.apps;

import java.util.Map;

import dev.orchestrator.api.collect.Immutables;
import dev.orchestrator.api.model.Model;
import dev.orchestrator.api.model.Required;
import dev.orchestrator.api.model.Resource;
import dev.orchestrator.api.model.ResourceType;
import dev.orchestrator.api.model.ResourceTypes;
import dev.orchestrator.api.model.meta.ObjectMeta;

import static java.util.Objects.requireNonNullElse;

/** An immutable snapshot of a template, kept by stateful and daemon sets so that a rollout can be undone. */
@Model
public record ControllerRevision(
        Map<String, Object> data,
        ObjectMeta metadata,
        @Required long revision) implements Resource {

    /** Copies the collections and fills in what Kubernetes never leaves absent. */
    public ControllerRevision {
        data = Immutables.map(data);
        metadata = requireNonNullElse(metadata, ObjectMeta.EMPTY);
    }

    @Override
    public ResourceType<ControllerRevision> resourceType() {
        return ResourceTypes.CONTROLLER_REVISION;
    }

    @Override
    public ControllerRevision withMetadata(ObjectMeta metadata) {
        return ControllerRevisionBuilder.builder(this).metadata(metadata).build();
    }
}
