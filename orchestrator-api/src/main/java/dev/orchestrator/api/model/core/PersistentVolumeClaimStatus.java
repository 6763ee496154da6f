package dev.orchestrator.api.model.core;

import java.util.List;
import java.util.Map;

import dev.orchestrator.api.collect.Immutables;
import dev.orchestrator.api.model.Model;
import dev.orchestrator.api.model.Quantity;
import org.jspecify.annotations.Nullable;

/** What a claim has got. */
@Model
public record PersistentVolumeClaimStatus(
        List<String> accessModes,
        Map<String, String> allocatedResourceStatuses,
        Map<String, Quantity> allocatedResources,
        Map<String, Quantity> capacity,
        List<PersistentVolumeClaimCondition> conditions,
        @Nullable String currentVolumeAttributesClassName,
        @Nullable ModifyVolumeStatus modifyVolumeStatus,
        @Nullable String phase) {

    /** With nothing set. */
    public static final PersistentVolumeClaimStatus EMPTY =
            PersistentVolumeClaimStatusBuilder.builder().build();

    /** Copies the collections and fills in what Kubernetes never leaves absent. */
    public PersistentVolumeClaimStatus {
        accessModes = Immutables.list(accessModes);
        allocatedResourceStatuses = Immutables.map(allocatedResourceStatuses);
        allocatedResources = Immutables.map(allocatedResources);
        capacity = Immutables.map(capacity);
        conditions = Immutables.list(conditions);
    }
}
