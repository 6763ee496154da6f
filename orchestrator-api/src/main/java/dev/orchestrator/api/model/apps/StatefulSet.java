package dev.orchestrator.api.model.apps;

import dev.orchestrator.api.model.Model;
import dev.orchestrator.api.model.Resource;
import dev.orchestrator.api.model.ResourceType;
import dev.orchestrator.api.model.ResourceTypes;
import dev.orchestrator.api.model.meta.ObjectMeta;

import static java.util.Objects.requireNonNullElse;

/** Runs pods with stable names, addresses and volumes, in order. */
@Model
public record StatefulSet(ObjectMeta metadata, StatefulSetSpec spec, StatefulSetStatus status) implements Resource {

    /** Copies the collections and fills in what Kubernetes never leaves absent. */
    public StatefulSet {
        metadata = requireNonNullElse(metadata, ObjectMeta.EMPTY);
        spec = requireNonNullElse(spec, StatefulSetSpec.EMPTY);
        status = requireNonNullElse(status, StatefulSetStatus.EMPTY);
    }

    @Override
    public ResourceType<StatefulSet> resourceType() {
        return ResourceTypes.STATEFUL_SET;
    }

    @Override
    public StatefulSet withMetadata(ObjectMeta metadata) {
        return StatefulSetBuilder.builder(this).metadata(metadata).build();
    }

    /** {@return how many pods are wanted: one when the field is absent} */
    public int desiredReplicas() {
        Integer replicas = spec.replicas();
        return replicas == null ? 1 : replicas;
    }

    /** {@return the ordinal of the first pod} */
    public int firstOrdinal() {
        StatefulSetOrdinals ordinals = spec.ordinals();
        Integer start = ordinals == null ? null : ordinals.start();
        return start == null ? 0 : start;
    }

    /** {@return how many of the first pods a rolling update leaves at their version} */
    public int partition() {
        RollingUpdateStatefulSetStrategy rolling = spec.updateStrategy().rollingUpdate();
        Integer partition = rolling == null ? null : rolling.partition();
        return partition == null ? 0 : partition;
    }

    /** {@return whether the status speaks of the present spec} */
    public boolean isObserved() {
        return status.observedGeneration() >= metadata.generation();
    }

    /**
     * {@return whether all pods that the update strategy updates by itself are of the present version, all wanted pods
     * are available and there are no others}
     */
    public boolean isComplete() {
        int desired = desiredReplicas();
        boolean updated = "OnDelete".equals(spec.updateStrategy().type())
                || status.updatedReplicas() >= Math.max(0, desired - partition());
        return isObserved() && updated && status.replicas() == desired && status.availableReplicas() == desired;
    }
}
