package dev.orchestrator.api.model.policy;

import dev.orchestrator.api.model.Model;
import dev.orchestrator.api.model.Resource;
import dev.orchestrator.api.model.ResourceType;
import dev.orchestrator.api.model.ResourceTypes;
import dev.orchestrator.api.model.meta.ObjectMeta;

import static java.util.Objects.requireNonNullElse;

/** How many pods of a set may be taken away on purpose at once. */
@Model
public record PodDisruptionBudget(ObjectMeta metadata, PodDisruptionBudgetSpec spec, PodDisruptionBudgetStatus status)
        implements Resource {

    /** Copies the collections and fills in what Kubernetes never leaves absent. */
    public PodDisruptionBudget {
        metadata = requireNonNullElse(metadata, ObjectMeta.EMPTY);
        spec = requireNonNullElse(spec, PodDisruptionBudgetSpec.EMPTY);
        status = requireNonNullElse(status, PodDisruptionBudgetStatus.EMPTY);
    }

    @Override
    public ResourceType<PodDisruptionBudget> resourceType() {
        return ResourceTypes.POD_DISRUPTION_BUDGET;
    }

    @Override
    public PodDisruptionBudget withMetadata(ObjectMeta metadata) {
        return PodDisruptionBudgetBuilder.builder(this).metadata(metadata).build();
    }
}
