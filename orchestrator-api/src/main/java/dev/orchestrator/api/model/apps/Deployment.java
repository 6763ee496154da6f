package dev.orchestrator.api.model.apps;

import java.util.HashMap;
import java.util.Optional;
import java.util.Set;

import dev.orchestrator.api.model.Model;
import dev.orchestrator.api.model.Resource;
import dev.orchestrator.api.model.ResourceType;
import dev.orchestrator.api.model.ResourceTypes;
import dev.orchestrator.api.model.meta.ObjectMeta;
import dev.orchestrator.api.model.meta.ObjectMetaBuilder;

import static java.util.Objects.requireNonNullElse;

/** Runs a number of equal pods and replaces them step by step when its template changes. */
@Model
public record Deployment(ObjectMeta metadata, DeploymentSpec spec, DeploymentStatus status) implements Resource {

    private static final Set<String> OWN_ANNOTATIONS = Set.of(
            "kubectl.kubernetes.io/last-applied-configuration",
            "deployment.kubernetes.io/revision",
            "deployment.kubernetes.io/revision-history",
            "deployment.kubernetes.io/desired-replicas",
            "deployment.kubernetes.io/max-replicas",
            "deprecated.deployment.rollback.to");

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

    /**
     * {@return whether an annotation speaks of the version that a deployment has, such as why it was changed, and so is
     * copied to the replica set of that version and back; others speak of one of the two objects only}
     */
    public static boolean describesVersion(String annotation) {
        return !OWN_ANNOTATIONS.contains(annotation);
    }

    /**
     * {@return this deployment with the template of an earlier version and the annotations that described it, as
     * {@code kubectl rollout undo} leaves it; itself when it has that template already}
     */
    public Deployment rolledBackTo(ReplicaSet version) {
        var template = version.spec().template().withoutHash();
        if (template.equals(spec.template().withoutHash())) {
            return this;
        }
        var annotations = new HashMap<>(version.metadata().annotations());
        annotations.keySet().removeIf(name -> !describesVersion(name));
        metadata.annotations().forEach((name, value) -> {
            if (!describesVersion(name)) {
                annotations.put(name, value);
            }
        });
        return DeploymentBuilder.builder(this)
                .metadata(ObjectMetaBuilder.builder(metadata)
                        .annotations(annotations)
                        .build())
                .spec(DeploymentSpecBuilder.builder(spec).template(template).build())
                .build();
    }
}
