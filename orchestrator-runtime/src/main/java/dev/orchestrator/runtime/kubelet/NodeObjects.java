package dev.orchestrator.runtime.kubelet;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import dev.orchestrator.api.model.core.Node;
import dev.orchestrator.api.model.core.NodeAddress;
import dev.orchestrator.api.model.core.NodeBuilder;
import dev.orchestrator.api.model.core.NodeCondition;
import dev.orchestrator.api.model.core.NodeSpecBuilder;
import dev.orchestrator.api.model.core.NodeStatus;
import dev.orchestrator.api.model.core.NodeStatusBuilder;
import dev.orchestrator.api.model.core.NodeSystemInfoBuilder;
import dev.orchestrator.api.model.core.Taint;
import dev.orchestrator.api.model.meta.ObjectMetaBuilder;
import dev.orchestrator.spi.NodeDescription;

/** Turns a driver's node into a {@code Node} object. */
final class NodeObjects {

    private static final String NOT_READY = "node.kubernetes.io/not-ready";
    private static final String HOSTNAME = "kubernetes.io/hostname";
    private static final String OS = "kubernetes.io/os";
    private static final String ARCH = "kubernetes.io/arch";
    private static final String VERSION = "v1.36.0";
    private static final Set<String> OURS = Set.of("MemoryPressure", "DiskPressure", "PIDPressure", "Ready");

    private NodeObjects() {}

    static NodeDescription down(NodeDescription node) {
        return new NodeDescription(
                node.name(), node.capacity(), node.labels(), node.internalIp(), false, node.runtimeVersion());
    }

    /** {@return a description that equals none of a driver} */
    static NodeDescription forgotten(NodeDescription node) {
        return new NodeDescription(node.name(), node.capacity(), Map.of(), node.internalIp(), node.ready(), "unknown");
    }

    static boolean isReady(Node node) {
        for (NodeCondition condition : node.status().conditions()) {
            if (condition.type().equals("Ready")) {
                return condition.status().equals("True");
            }
        }
        return false;
    }

    /** {@return the node as it is registered, with its status} */
    static Node object(NodeDescription description, Instant now) {
        Node named = NodeBuilder.builder()
                .metadata(ObjectMetaBuilder.builder().name(description.name()).build())
                .build();
        return NodeBuilder.builder(withMain(named, description, now))
                .status(status(named, description, now))
                .build();
    }

    /** {@return the node with its labels, and with the taints of a node that is not ready} */
    static Node withMain(Node node, NodeDescription description, Instant now) {
        var labels = new HashMap<>(node.metadata().labels());
        labels.putIfAbsent(HOSTNAME, description.name());
        labels.putIfAbsent(OS, "linux");
        labels.putIfAbsent(ARCH, architecture());
        labels.putAll(description.labels());
        List<Taint> taints = taints(node, description.ready(), now);
        if (labels.equals(node.metadata().labels()) && taints.equals(node.spec().taints())) {
            return node;
        }
        return NodeBuilder.builder(node)
                .metadata(ObjectMetaBuilder.builder(node.metadata())
                        .labels(labels)
                        .build())
                .spec(NodeSpecBuilder.builder(node.spec()).taints(taints).build())
                .build();
    }

    private static List<Taint> taints(Node node, boolean isReady, Instant now) {
        var taints = new ArrayList<Taint>();
        boolean isTainted = false;
        for (Taint taint : node.spec().taints()) {
            if (!taint.key().equals(NOT_READY)) {
                taints.add(taint);
            } else if (!isReady) {
                taints.add(taint);
                isTainted = true;
            }
        }
        if (!isReady && !isTainted) {
            taints.add(new Taint("NoSchedule", NOT_READY, null, null));
            taints.add(new Taint("NoExecute", NOT_READY, now.truncatedTo(ChronoUnit.SECONDS), null));
        }
        return taints;
    }

    /** {@return the node with its status} */
    static Node withStatus(Node node, NodeDescription description, Instant now) {
        NodeStatus status = status(node, description, now);
        return status.equals(node.status())
                ? node
                : NodeBuilder.builder(node).status(status).build();
    }

    private static NodeStatus status(Node node, NodeDescription description, Instant now) {
        return NodeStatusBuilder.builder(node.status())
                .capacity(description.capacity())
                .allocatable(description.capacity())
                .addresses(addresses(description))
                .conditions(conditions(node, description.ready(), now))
                .nodeInfo(NodeSystemInfoBuilder.builder(node.status().nodeInfo())
                        .architecture(architecture())
                        .operatingSystem("linux")
                        .osImage("JVM " + Runtime.version().feature())
                        .containerRuntimeVersion(description.runtimeVersion())
                        .kubeletVersion(VERSION)
                        .build())
                .build();
    }

    private static List<NodeAddress> addresses(NodeDescription description) {
        var addresses = new ArrayList<NodeAddress>(2);
        if (!description.internalIp().isEmpty()) {
            addresses.add(new NodeAddress(description.internalIp(), "InternalIP"));
        }
        addresses.add(new NodeAddress(description.name(), "Hostname"));
        return addresses;
    }

    private static List<NodeCondition> conditions(Node node, boolean isReady, Instant now) {
        Instant seconds = now.truncatedTo(ChronoUnit.SECONDS);
        var wanted = new ArrayList<NodeCondition>(4);
        wanted.add(condition(
                "MemoryPressure", false, "KubeletHasSufficientMemory", "kubelet has sufficient memory available"));
        wanted.add(condition("DiskPressure", false, "KubeletHasNoDiskPressure", "kubelet has no disk pressure"));
        wanted.add(condition("PIDPressure", false, "KubeletHasSufficientPID", "kubelet has sufficient PID available"));
        wanted.add(
                isReady
                        ? condition("Ready", true, "KubeletReady", "kubelet is posting ready status")
                        : condition("Ready", false, "KubeletNotReady", "container runtime is down"));
        Map<String, NodeCondition> old = new HashMap<>();
        for (NodeCondition condition : node.status().conditions()) {
            old.put(condition.type(), condition);
        }
        var conditions = new ArrayList<NodeCondition>(4);
        for (NodeCondition condition : wanted) {
            NodeCondition before = old.get(condition.type());
            if (before != null && !before.status().equals(condition.status())) {
                before = null;
            }
            conditions.add(new NodeCondition(
                    before == null ? seconds : before.lastHeartbeatTime(),
                    before == null ? seconds : before.lastTransitionTime(),
                    condition.message(),
                    condition.reason(),
                    condition.status(),
                    condition.type()));
        }
        for (NodeCondition condition : node.status().conditions()) {
            if (!OURS.contains(condition.type())) {
                conditions.add(condition);
            }
        }
        return conditions;
    }

    private static NodeCondition condition(String type, boolean holds, String reason, String message) {
        return new NodeCondition(null, null, message, reason, holds ? "True" : "False", type);
    }

    private static String architecture() {
        String architecture = System.getProperty("os.arch", "");
        return switch (architecture) {
            case "x86_64" -> "amd64";
            case "aarch64" -> "arm64";
            default -> architecture;
        };
    }
}
