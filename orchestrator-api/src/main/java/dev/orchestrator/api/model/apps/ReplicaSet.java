package dev.orchestrator.api.model.apps;

import java.util.Optional;
import java.util.OptionalLong;

import dev.orchestrator.api.model.Model;
import dev.orchestrator.api.model.Resource;
import dev.orchestrator.api.model.ResourceType;
import dev.orchestrator.api.model.ResourceTypes;
import dev.orchestrator.api.model.meta.ObjectMeta;

import static java.util.Objects.requireNonNullElse;

/** Keeps a number of equal pods running. */
@Model
public record ReplicaSet(ObjectMeta metadata, ReplicaSetSpec spec, ReplicaSetStatus status) implements Resource {

    /** Copies the collections and fills in what Kubernetes never leaves absent. */
    public ReplicaSet {
        metadata = requireNonNullElse(metadata, ObjectMeta.EMPTY);
        spec = requireNonNullElse(spec, ReplicaSetSpec.EMPTY);
        status = requireNonNullElse(status, ReplicaSetStatus.EMPTY);
    }

    @Override
    public ResourceType<ReplicaSet> resourceType() {
        return ResourceTypes.REPLICA_SET;
    }

    @Override
    public ReplicaSet withMetadata(ObjectMeta metadata) {
        return ReplicaSetBuilder.builder(this).metadata(metadata).build();
    }

    /** {@return how many pods are wanted: one when the field is absent} */
    public int desiredReplicas() {
        Integer replicas = spec.replicas();
        return replicas == null ? 1 : replicas;
    }

    /** {@return the condition of that type, if the replica set has it} */
    public Optional<ReplicaSetCondition> condition(String type) {
        for (ReplicaSetCondition condition : status.conditions()) {
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

    /** {@return which version of its deployment this is, counted from 1; empty when no deployment has numbered it} */
    public OptionalLong revision() {
        String text = metadata.annotations().get("deployment.kubernetes.io/revision");
        if (text == null) {
            return OptionalLong.empty();
        }
        try {
            return OptionalLong.of(Long.parseLong(text));
        } catch (NumberFormatException notANumber) {
            return OptionalLong.empty();
        }
    }
}
