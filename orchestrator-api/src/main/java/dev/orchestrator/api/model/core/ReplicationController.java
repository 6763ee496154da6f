package dev.orchestrator.api.model.core;

import java.util.Optional;

import dev.orchestrator.api.model.Model;
import dev.orchestrator.api.model.Resource;
import dev.orchestrator.api.model.ResourceType;
import dev.orchestrator.api.model.ResourceTypes;
import dev.orchestrator.api.model.meta.ObjectMeta;

import static java.util.Objects.requireNonNullElse;

/** Keeps a number of pods running; the older form of a replica set. */
@Model
public record ReplicationController(
        ObjectMeta metadata, ReplicationControllerSpec spec, ReplicationControllerStatus status) implements Resource {

    /** Copies the collections and fills in what Kubernetes never leaves absent. */
    public ReplicationController {
        metadata = requireNonNullElse(metadata, ObjectMeta.EMPTY);
        spec = requireNonNullElse(spec, ReplicationControllerSpec.EMPTY);
        status = requireNonNullElse(status, ReplicationControllerStatus.EMPTY);
    }

    @Override
    public ResourceType<ReplicationController> resourceType() {
        return ResourceTypes.REPLICATION_CONTROLLER;
    }

    @Override
    public ReplicationController withMetadata(ObjectMeta metadata) {
        return ReplicationControllerBuilder.builder(this).metadata(metadata).build();
    }

    /** {@return how many pods are wanted: one when the field is absent} */
    public int desiredReplicas() {
        Integer replicas = spec.replicas();
        return replicas == null ? 1 : replicas;
    }

    /** {@return the condition of that type, if the controller has it} */
    public Optional<ReplicationControllerCondition> condition(String type) {
        for (ReplicationControllerCondition condition : status.conditions()) {
            if (condition.type().equals(type)) {
                return Optional.of(condition);
            }
        }
        return Optional.empty();
    }

    /** {@return whether the status speaks of the present spec} */
    public boolean isObserved() {
        return status.observedGeneration() >= metadata.generation();
    }

    /** {@return whether all wanted pods are available} */
    public boolean isAvailable() {
        return isObserved() && status.availableReplicas() >= desiredReplicas();
    }
}
