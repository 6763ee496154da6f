package dev.orchestrator.api.model.scheduling;

import dev.orchestrator.api.model.Model;
import dev.orchestrator.api.model.Resource;
import dev.orchestrator.api.model.ResourceType;
import dev.orchestrator.api.model.ResourceTypes;
import dev.orchestrator.api.model.meta.ObjectMeta;
import org.jspecify.annotations.Nullable;

import static java.util.Objects.requireNonNullElse;

/** A named priority of pods. */
@Model
public record PriorityClass(
        @Nullable String description,
        boolean globalDefault,
        ObjectMeta metadata,
        @Nullable String preemptionPolicy,
        @Nullable Integer value)
        implements Resource {

    /** Copies the collections and fills in what Kubernetes never leaves absent. */
    public PriorityClass {
        metadata = requireNonNullElse(metadata, ObjectMeta.EMPTY);
    }

    @Override
    public ResourceType<PriorityClass> resourceType() {
        return ResourceTypes.PRIORITY_CLASS;
    }

    @Override
    public PriorityClass withMetadata(ObjectMeta metadata) {
        return PriorityClassBuilder.builder(this).metadata(metadata).build();
    }
}
