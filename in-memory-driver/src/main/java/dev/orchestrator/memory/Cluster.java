package dev.orchestrator.memory;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

import dev.orchestrator.api.TimeSource;
import dev.orchestrator.spi.DriverContext;
import dev.orchestrator.spi.DriverException;
import dev.orchestrator.spi.DriverException.Reason;
import dev.orchestrator.spi.DriverListener;
import dev.orchestrator.spi.NodeDescription;
import dev.orchestrator.spi.SandboxId;
import dev.orchestrator.spi.SandboxSpec;
import dev.orchestrator.spi.SandboxState;
import org.jspecify.annotations.Nullable;

/** All that one driver simulates: nodes, sandboxes, addresses, and who is told about changes. */
final class Cluster {

    private final Map<String, Node> nodes = new ConcurrentHashMap<>();
    private final Map<String, Sandbox> sandboxes = new ConcurrentHashMap<>();
    private final List<DriverListener> listeners = new CopyOnWriteArrayList<>();
    private final PodIps ips = new PodIps();
    private final ContainerFiles.TemporaryFiles temporary = new ContainerFiles.TemporaryFiles();
    private final AtomicInteger threads = new AtomicInteger();
    private final Faults faults = new Faults(this);
    private volatile @Nullable DriverContext context;
    private volatile @Nullable List<NodeDescription> descriptions;
    private volatile boolean closed;
    private final AtomicInteger nodeCount = new AtomicInteger();

    void start(DriverContext lent) {
        DriverContext before = context;
        if (before != null && !closed) {
            throw new IllegalStateException("the in-memory driver serves orchestrator " + before.owner()
                    + " already; each orchestrator needs a driver of its own");
        }
        context = lent;
    }

    DriverContext context() {
        DriverContext lent = context;
        if (lent == null) {
            throw new IllegalStateException("the in-memory driver has not been started by an orchestrator");
        }
        return lent;
    }

    TimeSource time() {
        return context().time();
    }

    Faults faults() {
        return faults;
    }

    PodIps ips() {
        return ips;
    }

    ContainerFiles.TemporaryFiles temporary() {
        return temporary;
    }

    /** Refuses a call after the end. */
    void requireOpen() {
        if (closed) {
            throw new DriverException(Reason.UNAVAILABLE, "the in-memory driver has been closed");
        }
    }

    boolean isClosed() {
        return closed;
    }

    // Nodes

    void addNode(String name, NodeOptions options) {
        int number = nodeCount.incrementAndGet();
        String internalIp = PodIps.text((172 << 24) + (18 << 16) + 1 + number);
        if (nodes.putIfAbsent(name, new Node(name, internalIp, options)) != null) {
            throw new IllegalArgumentException("node " + name + ": exists already");
        }
        nodesChanged();
    }

    void removeNode(Node node) {
        nodes.remove(node.name(), node);
        for (Sandbox sandbox : node.sandboxes()) {
            forget(sandbox);
            sandbox.shutDown();
            podChanged(sandbox.spec().podUid());
        }
        nodesChanged();
    }

    void nodeDown(Node node) {
        node.condition(Node.Condition.DOWN);
        for (Sandbox sandbox : node.sandboxes()) {
            if (sandbox.shutDown()) {
                podChanged(sandbox.spec().podUid());
            }
        }
        nodesChanged();
    }

    void nodePartitioned(Node node) {
        node.condition(Node.Condition.PARTITIONED);
        node.sandboxes().forEach(sandbox -> sandbox.partitioned(true));
        nodesChanged();
    }

    void nodeUp(Node node) {
        node.condition(Node.Condition.UP);
        node.sandboxes().forEach(sandbox -> sandbox.partitioned(false));
        nodesChanged();
        node.sandboxes().forEach(sandbox -> podChanged(sandbox.spec().podUid()));
    }

    /** {@return a node that can be asked} */
    Node reachable(String name) {
        Node node = nodes.get(name);
        if (node == null) {
            throw new DriverException(Reason.NODE_DOWN, "node " + name + ": does not exist");
        }
        node.requireReachable();
        return node;
    }

    /** {@return a node by name, for the test that plays with it} */
    Node node(String name) {
        Node node = nodes.get(name);
        if (node == null) {
            throw new IllegalArgumentException("node " + name + ": does not exist");
        }
        return node;
    }

    List<NodeDescription> descriptions() {
        List<NodeDescription> known = descriptions;
        if (known == null) {
            var byName = new TreeMap<String, NodeDescription>();
            for (Node node : nodes.values()) {
                NodeDescription description = node.description();
                byName.put(description.name(), description);
            }
            known = List.copyOf(byName.values());
            descriptions = known;
        }
        return known;
    }

    void nodesChanged() {
        descriptions = null;
        if (faults.deliversEvents()) {
            for (DriverListener listener : listeners) {
                listener.nodesChanged();
            }
        }
    }

    // Sandboxes

    Map<String, Sandbox> sandboxes() {
        return sandboxes;
    }

    @Nullable
    Sandbox sandbox(SandboxId id) {
        return sandboxes.get(id.value());
    }

    /** Enters a sandbox into the books, unless it is there already. */
    SandboxState add(SandboxSpec spec, Node node) {
        var created = new Sandbox(this, node, spec);
        Sandbox earlier = sandboxes.putIfAbsent(created.id().value(), created);
        if (earlier != null) {
            created.shutDown();
            return earlier.state();
        }
        node.sandboxes().add(created);
        if (closed) {
            forget(created);
            created.shutDown();
            requireOpen();
        }
        return created.state();
    }

    /** Takes a sandbox out of all books; its own end is up to the caller. */
    void forget(Sandbox sandbox) {
        if (sandboxes.remove(sandbox.id().value(), sandbox)) {
            sandbox.node().sandboxes().remove(sandbox);
        }
    }

    // Events

    void subscribe(DriverListener listener) {
        listeners.add(listener);
    }

    void podChanged(String podUid) {
        if (!closed && faults.deliversEvents()) {
            for (DriverListener listener : listeners) {
                listener.podChanged(podUid);
            }
        }
    }

    void eventsLost() {
        listeners.forEach(DriverListener::eventsLost);
    }

    /** {@return what there is beyond nodes and images, in words} */
    List<String> remains() {
        var remains = new ArrayList<String>();
        sandboxes.keySet().forEach(id -> remains.add("sandbox " + id));
        nodes.values().forEach(node -> node.sandboxes().forEach(s -> remains.add("sandbox on " + node.name())));
        if (threads.get() > 0) {
            remains.add(threads.get() + " threads");
        }
        if (temporary.exists()) {
            remains.add("temporary files");
        }
        if (ips.inUse() > 0) {
            remains.add(ips.inUse() + " addresses");
        }
        return remains;
    }

    /** {@return how many threads of containers are alive} */
    AtomicInteger threads() {
        return threads;
    }

    /** Ends everything at once; returns when no thread is left or the deadline has passed. */
    void close() {
        closed = true;
        faults.clear();
        var rest = List.copyOf(sandboxes.values());
        rest.forEach(this::forget);
        rest.forEach(Sandbox::shutDown);
        try {
            long deadline = System.nanoTime()
                    + (context == null ? 0 : context().closeTimeout().toNanos());
            for (Sandbox sandbox : rest) {
                sandbox.join(java.time.Duration.ofNanos(Math.max(0, deadline - System.nanoTime())));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        deleteFiles(rest);
    }

    private void deleteFiles(List<Sandbox> rest) {
        try {
            for (Sandbox sandbox : rest) {
                sandbox.deleteFiles();
            }
            temporary.delete();
        } catch (IOException e) {
            throw new DriverException(Reason.UNAVAILABLE, "temporary files could not be deleted: " + e.getMessage(), e);
        }
    }
}
