package dev.orchestrator.api.model.apps;

import dev.orchestrator.api.model.Model;
import dev.orchestrator.api.model.Resource;
import dev.orchestrator.api.model.ResourceType;
import dev.orchestrator.api.model.ResourceTypes;
import dev.orchestrator.api.model.meta.ObjectMeta;

import static java.util.Objects.requireNonNullElse;

/** Runs one copy of a pod on every node that it selects. */
@Model
public record DaemonSet(ObjectMeta metadata, DaemonSetSpec spec, DaemonSetStatus status) implements Resource {

    /** Copies the collections and fills in what Kubernetes never leaves absent. */
    public DaemonSet {
        metadata = requireNonNullElse(metadata, ObjectMeta.EMPTY);
        spec = requireNonNullElse(spec, DaemonSetSpec.EMPTY);
        status = requireNonNullElse(status, DaemonSetStatus.EMPTY);
    }

    @Override
    public ResourceType<DaemonSet> resourceType() {
        return ResourceTypes.DAEMON_SET;
    }

    @Override
    public DaemonSet withMetadata(ObjectMeta metadata) {
        return DaemonSetBuilder.builder(this).metadata(metadata).build();
    }

    /** {@return whether the status speaks of the present spec} */
    public boolean isObserved() {
        return status.observedGeneration() >= metadata.generation();
    }

    /**
     * {@return whether every node that is to have a pod has an available one, and one of the present version unless
     * updates are left to the user}
     */
    public boolean isComplete() {
        int desired = status.desiredNumberScheduled();
        boolean updated = "OnDelete".equals(spec.updateStrategy().type()) || status.updatedNumberScheduled() >= desired;
        return isObserved() && updated && status.numberAvailable() >= desired;
    }
}
