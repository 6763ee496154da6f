package dev.orchestrator.runtime.scheduler;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import dev.orchestrator.api.model.core.Node;
import dev.orchestrator.runtime.placement.NodeTaints;
import dev.orchestrator.runtime.scheduler.framework.ClusterEvent;
import dev.orchestrator.runtime.scheduler.framework.NodeInfo;
import dev.orchestrator.runtime.scheduler.framework.PlacedPod;
import dev.orchestrator.runtime.scheduler.framework.PodInfo;
import dev.orchestrator.runtime.scheduler.topology.TopologyIndex;
import org.jspecify.annotations.Nullable;

/**
 * The nodes and what the pods on them take, kept up to date change by change and never recounted.
 *
 * <p>A pod is added the moment a node is chosen for it, before the store has it: the next decision already counts it.
 * Not thread-safe.
 */
final class ClusterSnapshot {

    private record Placement(NodeInfo node, PlacedPod pod) {}

    private final TopologyIndex topology;
    private final Map<String, NodeInfo> byName = new HashMap<>();
    private final List<NodeInfo> present = new ArrayList<>();
    private final Map<String, Placement> placements = new HashMap<>();
    private final Set<NodeInfo> improved = new LinkedHashSet<>();
    private final List<ClusterEvent> events = new ArrayList<>();
    private final BitSet slots = new BitSet();

    /**
     * Creates a snapshot of nothing.
     *
     * @param topology is told where pods are
     */
    ClusterSnapshot(TopologyIndex topology) {
        this.topology = topology;
    }

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
            info.setNode(node);
            arrived(info, Map.of());
        } else if (isElsewhere(info.node(), node)) {
            Map<String, String> before = info.node().metadata().labels();
            topology.leave(info);
            info.setNode(node);
            arrived(info, before);
        } else {
            info.setNode(node);
        }
        improved.add(info);
    }

    private void arrived(NodeInfo node, Map<String, String> labelsBefore) {
        topology.arrive(node);
        events.add(new ClusterEvent.NodeChanged(
                labelsBefore, node.node().metadata().labels()));
    }

    /** Labels decide about domains; taints, also those that conditions imply, about which nodes of them count. */
    private static boolean isElsewhere(Node before, Node after) {
        return !before.metadata().labels().equals(after.metadata().labels())
                || before.spec().unschedulable() != after.spec().unschedulable()
                || !NodeTaints.effective(before).equals(NodeTaints.effective(after));
    }

    /** Forgets a node; the totals of pods still bound to it stay until they go. */
    void removeNode(String name) {
        NodeInfo info = byName.get(name);
        if (info == null) {
            return;
        }
        if (info.isPresent()) {
            topology.leave(info);
            events.add(new ClusterEvent.NodeChanged(info.node().metadata().labels(), Map.of()));
        }
        present.remove(info);
        info.setNode(null);
        improved.remove(info);
        dropIfUnused(info);
    }

    /** Takes over the labels of a namespace; none when it has gone. */
    void relabel(String namespace, Map<String, String> labels) {
        topology.relabel(namespace, labels);
        events.add(new ClusterEvent.NamespaceChanged(namespace));
    }

    /** Counts a pod on its node, unless it is counted there already; moves it if it is counted elsewhere. */
    void place(PodInfo pod, String nodeName) {
        PlacedPod placed = pod.placed();
        Placement old = placements.get(placed.uid());
        if (old != null && old.node.name().equals(nodeName) && isSame(old.pod, placed)) {
            return;
        }
        if (old != null) {
            release(placed.uid());
        }
        NodeInfo node = infoOf(nodeName);
        add(placed, node);
        placements.put(placed.uid(), new Placement(node, placed));
        events.add(new ClusterEvent.PodArrived(placed));
    }

    /** Terms can not change once a pod has a place. */
    private static boolean isSame(PlacedPod one, PlacedPod other) {
        return one.demand().equals(other.demand()) && one.selectable().equals(other.selectable());
    }

    /** Takes a pod that ended, or that was not bound after all, off its node. */
    void release(String uid) {
        Placement placement = placements.remove(uid);
        if (placement == null) {
            return;
        }
        NodeInfo node = placement.node;
        remove(placement.pod, node);
        events.add(new ClusterEvent.PodLeft(placement.pod));
        if (node.isPresent()) {
            improved.add(node);
        } else {
            dropIfUnused(node);
        }
    }

    /** Counts a pod on a node, for good or to see what would be. */
    void add(PlacedPod pod, NodeInfo node) {
        node.add(pod);
        if (node.isPresent()) {
            topology.add(pod, node);
        }
    }

    /** Takes a pod that was added off its node, for good or to see what would be. */
    void remove(PlacedPod pod, NodeInfo node) {
        node.remove(pod);
        if (node.isPresent()) {
            topology.remove(pod, node);
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

    /** {@return what has happened since the last call} */
    List<ClusterEvent> takeEvents() {
        if (events.isEmpty()) {
            return List.of();
        }
        var taken = List.copyOf(events);
        events.clear();
        return taken;
    }
}
