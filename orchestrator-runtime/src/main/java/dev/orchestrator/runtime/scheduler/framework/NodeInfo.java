package dev.orchestrator.runtime.scheduler.framework;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import dev.orchestrator.api.model.core.Node;
import dev.orchestrator.api.model.core.Taint;
import dev.orchestrator.runtime.placement.NodeTaints;
import org.jspecify.annotations.Nullable;

/**
 * A node with the totals of the pods on it, kept up to date one pod at a time.
 *
 * <p>What each decision reads of a hundred nodes is kept in fields of this very object: following references costs more
 * than the arithmetic.
 *
 * <p>Not thread-safe: owned by the snapshot that holds it.
 */
public final class NodeInfo {

    private final String name;
    private final int slot;
    private @Nullable Node node;
    private ResourceAmounts allocatable = ResourceAmounts.NONE;
    private long allocatableMilliCpu;
    private long allocatableMemory;
    private long allowedPods;
    private boolean unschedulable;
    private List<Taint> hardTaints = List.of();
    private List<Taint> softTaints = List.of();

    private long requestedMilliCpu;
    private long requestedMemory;
    private long requestedEphemeralStorage;
    private long assumedMilliCpu;
    private long assumedMemory;
    private final Map<String, Long> requestedExtended = new HashMap<>(0);
    private final List<HostPort> usedPorts = new ArrayList<>(0);
    private final List<PlacedPod> pods = new ArrayList<>(0);

    /**
     * Creates the totals of a node that may not have been seen yet.
     *
     * @param slot a small number that no other node has
     */
    public NodeInfo(String name, int slot) {
        this.name = name;
        this.slot = slot;
    }

    /** Takes over what the stored node says; null when it is gone while pods are still bound to it. */
    public void setNode(@Nullable Node node) {
        this.node = node;
        if (node == null) {
            return;
        }
        var status = node.status();
        allocatable = ResourceAmounts.of(status.allocatable());
        allocatableMilliCpu = allocatable.milliCpu();
        allocatableMemory = allocatable.memory();
        unschedulable = node.spec().unschedulable();
        var pods = status.allocatable().get(ResourceAmounts.PODS);
        allowedPods = pods == null ? 0 : pods.ceiling();
        var hard = new ArrayList<Taint>();
        var soft = new ArrayList<Taint>();
        for (Taint taint : NodeTaints.effective(node)) {
            (taint.effect().equals("PreferNoSchedule") ? soft : hard).add(taint);
        }
        hardTaints = List.copyOf(hard);
        softTaints = List.copyOf(soft);
    }

    /** Adds a pod to the totals. */
    public void add(PlacedPod pod) {
        pods.add(pod);
        change(pod.demand(), 1);
        usedPorts.addAll(pod.demand().hostPorts());
        if (pod.group() != null) {
            pod.group().add(slot);
        }
    }

    /** Takes a pod that was added out of the totals. */
    public void remove(PlacedPod pod) {
        int index = indexOf(pod);
        if (index < 0) {
            return;
        }
        pods.remove(index);
        change(pod.demand(), -1);
        pod.demand().hostPorts().forEach(usedPorts::remove);
        if (pod.group() != null) {
            pod.group().remove(slot);
        }
    }

    // The last come are the first to go.
    @SuppressWarnings("ReferenceEquality")
    private int indexOf(PlacedPod pod) {
        int index = pods.size() - 1;
        while (index >= 0 && pods.get(index) != pod) {
            index--;
        }
        return index;
    }

    /** {@return the pods on the node; changes with them} */
    public List<PlacedPod> pods() {
        return Collections.unmodifiableList(pods);
    }

    private void change(PodDemand demand, int sign) {
        ResourceAmounts requests = demand.requests();
        requestedMilliCpu += sign * requests.milliCpu();
        requestedMemory += sign * requests.memory();
        requestedEphemeralStorage += sign * requests.ephemeralStorage();
        assumedMilliCpu += sign * demand.assumed().milliCpu();
        assumedMemory += sign * demand.assumed().memory();
        for (var entry : requests.extended().entrySet()) {
            requestedExtended.merge(entry.getKey(), sign * entry.getValue(), Long::sum);
        }
    }

    /** {@return a small number that no other node has} */
    public int slot() {
        return slot;
    }

    /** {@return the node's name} */
    public String name() {
        return name;
    }

    /**
     * {@return the stored node}
     *
     * @throws IllegalStateException if it is gone; plug-ins are only asked about nodes that are there
     */
    public Node node() {
        Node present = node;
        if (present == null) {
            throw new IllegalStateException("node " + name + ": is gone");
        }
        return present;
    }

    /** {@return whether the node is stored} */
    public boolean isPresent() {
        return node != null;
    }

    /** {@return what the node offers to pods} */
    public ResourceAmounts allocatable() {
        return allocatable;
    }

    /** {@return thousandths of a CPU that the node offers to pods} */
    public long allocatableMilliCpu() {
        return allocatableMilliCpu;
    }

    /** {@return bytes of memory that the node offers to pods} */
    public long allocatableMemory() {
        return allocatableMemory;
    }

    /** {@return whether a person has cordoned the node} */
    public boolean isUnschedulable() {
        return unschedulable;
    }

    /** {@return how many pods the node takes} */
    public long allowedPods() {
        return allowedPods;
    }

    /** {@return how many pods are on the node} */
    public int podCount() {
        return pods.size();
    }

    /** {@return thousandths of a CPU that the pods ask for} */
    public long requestedMilliCpu() {
        return requestedMilliCpu;
    }

    /** {@return bytes of memory that the pods ask for} */
    public long requestedMemory() {
        return requestedMemory;
    }

    /** {@return bytes of local storage that the pods ask for} */
    public long requestedEphemeralStorage() {
        return requestedEphemeralStorage;
    }

    /** {@return the amount of another resource that the pods ask for} */
    public long requestedExtended(String resource) {
        return requestedExtended.getOrDefault(resource, 0L);
    }

    /** {@return thousandths of a CPU with a guess for containers that ask for none} */
    public long assumedMilliCpu() {
        return assumedMilliCpu;
    }

    /** {@return bytes of memory with a guess for containers that ask for none} */
    public long assumedMemory() {
        return assumedMemory;
    }

    /** {@return the taints that keep pods away: NoSchedule and NoExecute, also those that its conditions imply} */
    public List<Taint> hardTaints() {
        return hardTaints;
    }

    /** {@return the taints that pods avoid when they can: PreferNoSchedule} */
    public List<Taint> softTaints() {
        return softTaints;
    }

    /** {@return whether a pod on the node occupies the port or one that excludes it} */
    public boolean occupies(HostPort port) {
        for (HostPort used : usedPorts) {
            if (used.conflictsWith(port)) {
                return true;
            }
        }
        return false;
    }
}
