package dev.orchestrator.api.model.core;

import java.util.List;
import java.util.Map;

import dev.orchestrator.api.collect.Immutables;
import dev.orchestrator.api.model.Model;
import dev.orchestrator.api.model.Quantity;
import org.jspecify.annotations.Nullable;

import static java.util.Objects.requireNonNullElse;

/** What a node was last seen to be. */
@Model
public record NodeStatus(
        List<NodeAddress> addresses,
        Map<String, Quantity> allocatable,
        Map<String, Quantity> capacity,
        List<NodeCondition> conditions,
        @Nullable NodeConfigStatus config,
        NodeDaemonEndpoints daemonEndpoints,
        List<String> declaredFeatures,
        @Nullable NodeFeatures features,
        List<ContainerImage> images,
        NodeSystemInfo nodeInfo,
        @Nullable String phase,
        List<NodeRuntimeHandler> runtimeHandlers,
        List<AttachedVolume> volumesAttached,
        List<String> volumesInUse) {

    /** With nothing set. */
    public static final NodeStatus EMPTY = NodeStatusBuilder.builder().build();

    /** Copies the collections and fills in what Kubernetes never leaves absent. */
    public NodeStatus {
        addresses = Immutables.list(addresses);
        allocatable = Immutables.map(allocatable);
        capacity = Immutables.map(capacity);
        conditions = Immutables.list(conditions);
        daemonEndpoints = requireNonNullElse(daemonEndpoints, NodeDaemonEndpoints.EMPTY);
        declaredFeatures = Immutables.list(declaredFeatures);
        images = Immutables.list(images);
        nodeInfo = requireNonNullElse(nodeInfo, NodeSystemInfo.EMPTY);
        runtimeHandlers = Immutables.list(runtimeHandlers);
        volumesAttached = Immutables.list(volumesAttached);
        volumesInUse = Immutables.list(volumesInUse);
    }
}
