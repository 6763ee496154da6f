package dev.orchestrator.runtime.kubelet;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

import dev.orchestrator.api.TimeSource;
import dev.orchestrator.api.model.ObjectKey;
import dev.orchestrator.api.model.Quantity;
import dev.orchestrator.api.model.ResourceTypes;
import dev.orchestrator.api.model.core.Node;
import dev.orchestrator.runtime.loop.EventRecorder;
import dev.orchestrator.runtime.store.ObjectStore;
import dev.orchestrator.runtime.store.WriteRequest;
import dev.orchestrator.spi.ContainerDriver;
import dev.orchestrator.spi.NodeDescription;
import org.jspecify.annotations.Nullable;

/** The driver's nodes, and their {@code Node} objects: written when a node appears or changes, never as a heartbeat. */
final class NodeDirectory {

    private static final WriteRequest WRITE = WriteRequest.by("kubelet");

    private final ContainerDriver driver;
    private final ObjectStore store;
    private final EventRecorder events;
    private final TimeSource time;
    private final Map<String, NodeDescription> known = new ConcurrentHashMap<>();
    private final ReentrantLock lock = new ReentrantLock();

    NodeDirectory(ContainerDriver driver, ObjectStore store, EventRecorder events, TimeSource time) {
        this.driver = driver;
        this.store = store;
        this.events = events;
        this.time = time;
    }

    /** {@return whether a node is the driver's, up or not} */
    boolean isOurs(String name) {
        return known.containsKey(name);
    }

    /** {@return how many nodes there are, up or not} */
    int size() {
        return known.size();
    }

    /** {@return the names of the nodes that are up, in order} */
    List<String> ready() {
        return known.values().stream()
                .filter(NodeDescription::ready)
                .map(NodeDescription::name)
                .sorted()
                .toList();
    }

    boolean isReady(@Nullable String name) {
        NodeDescription node = name == null ? null : known.get(name);
        return node != null && node.ready();
    }

    /** {@return the address of a node; empty when it is not known} */
    String hostIp(@Nullable String name) {
        NodeDescription node = name == null ? null : known.get(name);
        return node == null ? "" : node.internalIp();
    }

    /** {@return what a node has for pods} */
    Map<String, Quantity> allocatable(@Nullable String name) {
        NodeDescription node = name == null ? null : known.get(name);
        return node == null ? Map.of() : node.capacity();
    }

    /** Takes over what the driver says now. {@return the names of the nodes that have changed} */
    Set<String> refresh() {
        lock.lock();
        try {
            var now = new HashMap<String, NodeDescription>();
            for (NodeDescription node : driver.nodes()) {
                now.put(node.name(), node);
            }
            for (NodeDescription node : known.values()) {
                if (!now.containsKey(node.name())) {
                    now.put(node.name(), NodeObjects.down(node));
                }
            }
            var changed = new HashSet<String>();
            for (Map.Entry<String, NodeDescription> entry : now.entrySet()) {
                NodeDescription before = known.get(entry.getKey());
                // The equals of a record is linked when it is first called, which the start can do without.
                if (before == null || !entry.getValue().equals(before)) {
                    changed.add(entry.getKey());
                }
            }
            known.putAll(now);
            return changed;
        } finally {
            lock.unlock();
        }
    }

    /** Lets the next refresh find these nodes changed. */
    void forget(Set<String> names) {
        names.forEach(name -> known.computeIfPresent(name, (ignored, node) -> NodeObjects.forgotten(node)));
    }

    /** Brings the {@code Node} objects of the given nodes up to date. */
    void register(Set<String> names) {
        List<NodeDescription> nodes = new ArrayList<>();
        for (String name : names) {
            NodeDescription node = known.get(name);
            if (node != null) {
                nodes.add(node);
            }
        }
        for (NodeDescription node : nodes) {
            register(node);
        }
    }

    private void register(NodeDescription description) {
        ObjectKey key = ObjectKey.cluster(description.name());
        Node before = store.find(ResourceTypes.NODE, key).orElse(null);
        if (before == null) {
            store.create(NodeObjects.object(description, time.instant()), WRITE);
            return;
        }
        store.edit(ResourceTypes.NODE, key, WRITE, node -> NodeObjects.withMain(node, description, time.instant()));
        Node after = store.edit(
                ResourceTypes.NODE,
                key,
                WRITE.on(WriteRequest.Subresource.STATUS),
                node -> NodeObjects.withStatus(node, description, time.instant()));
        report(before, after, description.ready());
    }

    private void report(Node before, Node after, boolean isReady) {
        boolean wasReady = NodeObjects.isReady(before);
        if (isReady && !wasReady) {
            events.event(after, "Normal", "NodeReady", "Node " + key(after) + " status is now: NodeReady", "kubelet");
        } else if (!isReady && wasReady) {
            events.event(
                    after, "Normal", "NodeNotReady", "Node " + key(after) + " status is now: NodeNotReady", "kubelet");
        }
    }

    private static String key(Node node) {
        return node.metadata().nameOrEmpty();
    }
}
