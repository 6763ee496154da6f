package dev.orchestrator.api.model.core;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import dev.orchestrator.api.collect.Immutables;
import dev.orchestrator.api.model.Model;
import dev.orchestrator.api.model.Quantity;
import org.jspecify.annotations.Nullable;

/** What a pod was last seen to be. */
@Model
public record PodStatus(
        Map<String, Quantity> allocatedResources,
        List<PodCondition> conditions,
        List<ContainerStatus> containerStatuses,
        List<ContainerStatus> ephemeralContainerStatuses,
        @Nullable PodExtendedResourceClaimStatus extendedResourceClaimStatus,
        @Nullable String hostIP,
        List<HostIP> hostIPs,
        List<ContainerStatus> initContainerStatuses,
        @Nullable String message,
        List<NodeAllocatableResourceClaimStatus> nodeAllocatableResourceClaimStatuses,
        @Nullable String nominatedNodeName,
        @Nullable Long observedGeneration,
        @Nullable String phase,
        @Nullable String podIP,
        List<PodIP> podIPs,
        @Nullable String qosClass,
        @Nullable String reason,
        @Nullable String resize,
        List<PodResourceClaimStatus> resourceClaimStatuses,
        @Nullable ResourceRequirements resources,
        @Nullable Instant startTime) {

    /** With nothing set. */
    public static final PodStatus EMPTY = PodStatusBuilder.builder().build();

    /** Copies the collections and fills in what Kubernetes never leaves absent. */
    public PodStatus {
        allocatedResources = Immutables.map(allocatedResources);
        conditions = Immutables.list(conditions);
        containerStatuses = Immutables.list(containerStatuses);
        ephemeralContainerStatuses = Immutables.list(ephemeralContainerStatuses);
        hostIPs = Immutables.list(hostIPs);
        initContainerStatuses = Immutables.list(initContainerStatuses);
        nodeAllocatableResourceClaimStatuses = Immutables.list(nodeAllocatableResourceClaimStatuses);
        podIPs = Immutables.list(podIPs);
        resourceClaimStatuses = Immutables.list(resourceClaimStatuses);
    }
}
