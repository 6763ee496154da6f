package dev.orchestrator.api.model.core;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

import dev.orchestrator.api.model.Model;
import dev.orchestrator.api.model.Resource;
import dev.orchestrator.api.model.ResourceType;
import dev.orchestrator.api.model.ResourceTypes;
import dev.orchestrator.api.model.meta.ObjectMeta;

import static java.util.Objects.requireNonNullElse;

/** Containers that run together on one node and share an address. */
@Model
public record Pod(ObjectMeta metadata, PodSpec spec, PodStatus status) implements Resource {

    /** Copies the collections and fills in what Kubernetes never leaves absent. */
    public Pod {
        metadata = requireNonNullElse(metadata, ObjectMeta.EMPTY);
        spec = requireNonNullElse(spec, PodSpec.EMPTY);
        status = requireNonNullElse(status, PodStatus.EMPTY);
    }

    @Override
    public ResourceType<Pod> resourceType() {
        return ResourceTypes.POD;
    }

    @Override
    public Pod withMetadata(ObjectMeta metadata) {
        return PodBuilder.builder(this).metadata(metadata).build();
    }

    /** {@return the condition of that type, if the pod has it} */
    public Optional<PodCondition> condition(String type) {
        for (PodCondition condition : status.conditions()) {
            if (condition.type().equals(type)) {
                return Optional.of(condition);
            }
        }
        return Optional.empty();
    }

    /** {@return whether the pod takes part in its services: its condition {@code Ready} is true} */
    public boolean isReady() {
        for (PodCondition condition : status.conditions()) {
            if (condition.type().equals("Ready")) {
                return condition.status().equals("True");
            }
        }
        return false;
    }

    /** {@return since when the pod has been ready without a break; empty while it is not} */
    public Optional<Instant> readySince() {
        return condition("Ready")
                .filter(condition -> condition.status().equals("True"))
                .map(PodCondition::lastTransitionTime);
    }

    /** {@return whether the pod has been ready for at least that long} */
    public boolean isAvailable(Duration minReady, Instant now) {
        if (!minReady.isPositive()) {
            return isReady();
        }
        return readySince().filter(since -> !since.plus(minReady).isAfter(now)).isPresent();
    }

    /** {@return whether all containers have ended for good: the phase is {@code Succeeded} or {@code Failed}} */
    public boolean isFinished() {
        String phase = status.phase();
        return "Succeeded".equals(phase) || "Failed".equals(phase);
    }

    /** {@return whether the pod runs or is going to: it is neither finished nor being deleted} */
    public boolean isActive() {
        return !isFinished() && !metadata.isTerminating();
    }

    /** {@return whether the pod is being deleted and its containers have not all ended} */
    public boolean isStopping() {
        return metadata.isTerminating() && !isFinished();
    }
}
