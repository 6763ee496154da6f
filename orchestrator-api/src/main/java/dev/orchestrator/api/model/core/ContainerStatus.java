package dev.orchestrator.api.model.core;

import java.util.List;
import java.util.Map;

import dev.orchestrator.api.collect.Immutables;
import dev.orchestrator.api.model.Model;
import dev.orchestrator.api.model.Quantity;
import dev.orchestrator.api.model.Required;
import org.jspecify.annotations.Nullable;

import static java.util.Objects.requireNonNullElse;

/** What a container of a pod was last seen to be. */
@Model
public record ContainerStatus(
        Map<String, Quantity> allocatedResources,
        List<ResourceStatus> allocatedResourcesStatus,
        @Nullable String containerID,
        @Required String image,
        @Required String imageID,
        ContainerState lastState,
        @Required String name,
        @Required boolean ready,
        @Nullable ResourceRequirements resources,
        @Required int restartCount,
        @Nullable Boolean started,
        ContainerState state,
        @Nullable String stopSignal,
        @Nullable ContainerUser user,
        List<VolumeMountStatus> volumeMounts) {

    /** Copies the collections and fills in what Kubernetes never leaves absent. */
    public ContainerStatus {
        allocatedResources = Immutables.map(allocatedResources);
        allocatedResourcesStatus = Immutables.list(allocatedResourcesStatus);
        image = Immutables.text(image);
        imageID = Immutables.text(imageID);
        lastState = requireNonNullElse(lastState, ContainerState.EMPTY);
        name = Immutables.text(name);
        state = requireNonNullElse(state, ContainerState.EMPTY);
        volumeMounts = Immutables.list(volumeMounts);
    }
}
