package dev.orchestrator.spi;

import java.util.Map;

import dev.orchestrator.api.model.Quantity;

/**
 * A node as its driver reports it; the kubelet turns it into a {@code Node} object.
 *
 * @param name unique within the orchestrator
 * @param capacity what it has: {@code cpu}, {@code memory}, {@code pods}, {@code ephemeral-storage} and extended
 *     resources
 * @param labels labels to put on the {@code Node}
 * @param internalIp the address that pods on this node see as their host's
 * @param ready whether it can run pods now
 * @param runtimeVersion such as {@code docker://28.2.2}
 */
public record NodeDescription(
        String name,
        Map<String, Quantity> capacity,
        Map<String, String> labels,
        String internalIp,
        boolean ready,
        String runtimeVersion) {

    /** Copies the maps. */
    public NodeDescription {
        capacity = Map.copyOf(capacity);
        labels = Map.copyOf(labels);
    }
}
