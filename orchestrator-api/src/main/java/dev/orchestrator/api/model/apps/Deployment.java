package dev.orchestrator.api.model.apps;

import java.util.Optional;

import dev.orchestrator.api.model.Model;
import dev.orchestrator.api.model.Resource;
import dev.orchestrator.api.model.ResourceType;
import dev.orchestrator.api.model.ResourceTypes;
import dev.orchestrator.api.model.meta.ObjectMeta;

import static java.util.Objects.requireNonNullElse;

/** Runs a number of equal pods and replaces them step by step when its template changes. */
@Model
public record Deployment(ObjectMeta metadata, DeploymentSpec spec, DeploymentStatus status) implements Resource {

    /** Copies the collections and fills in what Kubernetes never leaves absent. */
    public Deployment {
        metadata = requireNonNullElse(metadata, ObjectMeta.EMPTY);
        spec = requireNonNullElse(spec, DeploymentSpec.EMPTY);
        status = requireNonNullElse(status, DeploymentStatus.EMPTY);
    }

    @Override
    public ResourceType<Deployment> resourceType() {
        return ResourceTypes.DEPLOYMENT;
    }

    @Override
    public Deployment withMetadata(ObjectMeta metadata) {
        return DeploymentBuilder.builder(this).metadata(metadata).build();
    }

    /** {@return how many pods are wanted: one when the field is absent} */
    public int desiredReplicas() {
        Integer replicas = spec.replicas();
        return replicas == null ? 1 : replicas;
    }

    /** {@return the condition of that type, if the deployment has it} */
    public Optional<DeploymentCondition> condition(String type) {
        for (DeploymentCondition condition : status.conditions()) {
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

    /** {@return whether enough pods of any version are available: the condition {@code Available} is true} */
    public boolean isAvailable() {
        return isObserved()
                && condition("Available")
                        .filter(condition -> condition.status().equals("True"))
                        .isPresent();
    }

    /**
     * {@return whether the rollout is over: all wanted pods, and no others, are of the present version and available}
     */
    public boolean isComplete() {
        int desired = desiredReplicas();
        return isObserved()
                && status.updatedReplicas() == desired
                && status.replicas() == desired
                && status.availableReplicas() == desired;
    }

    /** {@return whether the rollout has made no progress within its deadline} */
    public boolean hasTimedOut() {
        return isObserved()
                && condition("Progressing")
                        .filter(condition -> "ProgressDeadlineExceeded".equals(condition.reason()))
                        .isPresent();
    }
}
