package dev.orchestrator.memory;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import dev.orchestrator.spi.DriverException;
import dev.orchestrator.spi.DriverException.Reason;
import dev.orchestrator.spi.NodeDescription;

/** A simulated node: what it has, what runs on it and how it fares. */
final class Node {

    /** How a node fares. */
    enum Condition {
        UP,
        DOWN,
        PARTITIONED
    }

    private final NodeDescription whenReady;
    private final NodeDescription whenNotReady;
    private final Set<String> images = ConcurrentHashMap.newKeySet();
    private final Set<Sandbox> sandboxes = ConcurrentHashMap.newKeySet();
    private volatile Condition condition = Condition.UP;

    Node(String name, String internalIp, NodeOptions options) {
        whenReady = new NodeDescription(
                name, options.capacity(), options.labels(), internalIp, true, "in-memory://" + version());
        whenNotReady = new NodeDescription(
                name, whenReady.capacity(), whenReady.labels(), internalIp, false, whenReady.runtimeVersion());
    }

    private static String version() {
        String version = Node.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }

    String name() {
        return whenReady.name();
    }

    NodeDescription description() {
        return condition == Condition.UP ? whenReady : whenNotReady;
    }

    Condition condition() {
        return condition;
    }

    void condition(Condition next) {
        condition = next;
    }

    /** {@return the names of the images that are present} */
    Set<String> images() {
        return images;
    }

    Set<Sandbox> sandboxes() {
        return sandboxes;
    }

    /** Refuses a call while the node can not answer it. */
    void requireReachable() {
        if (condition != Condition.UP) {
            throw new DriverException(
                    Reason.NODE_DOWN,
                    "node " + name() + ": " + (condition == Condition.DOWN ? "is down" : "can not be reached"));
        }
    }
}
