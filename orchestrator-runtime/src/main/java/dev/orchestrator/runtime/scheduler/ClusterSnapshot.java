package dev.orchestrator.runtime.scheduler;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import dev.orchestrator.api.model.core.Node;
import dev.orchestrator.runtime.scheduler.framework.NodeInfo;
import dev.orchestrator.runtime.scheduler.framework.PodDemand;
import dev.orchestrator.runtime.scheduler.framework.PodGroup;
import dev.orchestrator.runtime.scheduler.framework.PodInfo;
import org.jspecify.annotations.Nullable;

/**
 * The nodes and what the pods on them take, kept up to date change by change and never recounted.
 *
 * <p>A pod is added the moment a node is chosen for it, before the store has it: the next decision already counts it.
 * Not thread-safe.
 */
final class ClusterSnapshot {

    private record Placement(
            NodeInfo node, PodDemand demand, @Nullable PodGroup group) {}

    private final Map<String, NodeInfo> byName = new HashMap<>();
    private final List<NodeInfo> present = new ArrayList<>();
    private final Map<String, Placement> placements = new HashMap<>();
    private final Set<NodeInfo> improved = new LinkedHashSet<>();
    private final BitSet slots = new BitSet();

    /** {@return the nodes that are stored, in the order of their appearance} */
    List<NodeInfo> nodes() {
        return present;
    }

    /** {@return the node of that name if it is stored} */
    @Nullable
    NodeInfo find(String name) {
        NodeInfo node = byName.get(name);
        return node == null || !node.isPresent() ? null : node;
    }

    /** Takes over a node that was added or changed. */
    void put(Node node) {
        NodeInfo info = infoOf(node.metadata().nameOrEmpty());
        if (!info.isPresent()) {
            present.add(info);
        }
        info.setNode(node);
        improved.add(info);
    }

    /** Forgets a node; the totals of pods still bound to it stay until they go. */
    void removeNode(String name) {
        NodeInfo info = byName.get(name);
        if (info == null) {
            return;
        }
        present.remove(info);
        info.setNode(null);
        improved.remove(info);
        dropIfUnused(info);
    }

    /** Counts a pod on its node, unless it is counted there already; moves it if it is counted elsewhere. */
    void place(PodInfo pod, String nodeName) {
        String uid = pod.pod().metadata().uidOrEmpty();
        Placement old = placements.get(uid);
        if (old != null && old.node.name().equals(nodeName) && old.demand.equals(pod.demand())) {
            return;
        }
        if (old != null) {
            release(uid);
        }
        NodeInfo node = infoOf(nodeName);
        node.add(pod.demand(), pod.group());
        placements.put(uid, new Placement(node, pod.demand(), pod.group()));
    }

    /** Takes a pod that ended, or that was not bound after all, off its node. */
    void release(String uid) {
        Placement placement = placements.remove(uid);
        if (placement == null) {
            return;
        }
        NodeInfo node = placement.node;
        node.remove(placement.demand, placement.group);
        if (node.isPresent()) {
            improved.add(node);
        } else {
            dropIfUnused(node);
        }
    }

    private NodeInfo infoOf(String name) {
        return byName.computeIfAbsent(name, missing -> {
            int slot = slots.nextClearBit(0);
            slots.set(slot);
            return new NodeInfo(missing, slot);
        });
    }

    private void dropIfUnused(NodeInfo node) {
        if (!node.isPresent() && node.podCount() == 0 && byName.remove(node.name(), node)) {
            slots.clear(node.slot());
        }
    }

    /** Takes a pod off a node that it was counted on before its binding failed. */
    void releaseFrom(String node, String uid) {
        Placement placement = placements.get(uid);
        if (placement != null && placement.node.name().equals(node)) {
            release(uid);
        }
    }

    /** {@return the nodes that may take more than before the last call: new, changed, or with a pod less} */
    List<NodeInfo> takeImproved() {
        if (improved.isEmpty()) {
            return List.of();
        }
        var taken = List.copyOf(improved);
        improved.clear();
        return taken;
    }

    /** {@return whether {@link #takeImproved} has something to say} */
    boolean hasImproved() {
        return !improved.isEmpty();
    }
}
