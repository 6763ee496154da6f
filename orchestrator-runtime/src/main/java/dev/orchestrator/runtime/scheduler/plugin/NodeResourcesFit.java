package dev.orchestrator.runtime.scheduler.plugin;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

import dev.orchestrator.runtime.scheduler.framework.FilterPlugin;
import dev.orchestrator.runtime.scheduler.framework.NodeInfo;
import dev.orchestrator.runtime.scheduler.framework.PodInfo;
import dev.orchestrator.runtime.scheduler.framework.Rejection;
import dev.orchestrator.runtime.scheduler.framework.ResourceAmounts;
import dev.orchestrator.runtime.scheduler.framework.ScorePlugin;
import org.jspecify.annotations.Nullable;

/**
 * Asks whether what a pod requests is still free on a node, and prefers the node with the most left (LeastAllocated).
 */
public final class NodeResourcesFit implements FilterPlugin, ScorePlugin {

    @Override
    public String name() {
        return "NodeResourcesFit";
    }

    @Override
    public int weight() {
        return 1;
    }

    @Override
    public NodeFilter filterFor(PodInfo pod) {
        ResourceAmounts wanted = pod.demand().requests();
        return node -> fits(wanted, node) ? null : rejection(wanted, node);
    }

    private static boolean fits(ResourceAmounts wanted, NodeInfo node) {
        return node.podCount() < node.allowedPods()
                && isFree(wanted.milliCpu(), node.requestedMilliCpu(), node.allocatableMilliCpu())
                && isFree(wanted.memory(), node.requestedMemory(), node.allocatableMemory())
                && (wanted.ephemeralStorage() == 0 || storageFits(wanted, node))
                && (wanted.extended().isEmpty() || extendedFit(wanted, node));
    }

    private static boolean storageFits(ResourceAmounts wanted, NodeInfo node) {
        long offered = node.allocatable().ephemeralStorage();
        return isFree(wanted.ephemeralStorage(), node.requestedEphemeralStorage(), offered);
    }

    private static boolean isFree(long wanted, long requested, long allocatable) {
        return wanted == 0 || wanted <= allocatable - requested;
    }

    private static boolean extendedFit(ResourceAmounts wanted, NodeInfo node) {
        for (var entry : wanted.extended().entrySet()) {
            if (!isFree(entry.getValue(), node.requestedExtended(entry.getKey()), offered(node, entry.getKey()))) {
                return false;
            }
        }
        return true;
    }

    private static long offered(NodeInfo node, String resource) {
        return node.allocatable().extended().getOrDefault(resource, 0L);
    }

    private static Rejection rejection(ResourceAmounts wanted, NodeInfo node) {
        var shortage = new Shortage();
        ResourceAmounts allocatable = node.allocatable();
        if (node.podCount() >= node.allowedPods()) {
            shortage.reasons.add("Too many pods");
        }
        shortage.compare("cpu", wanted.milliCpu(), node.requestedMilliCpu(), allocatable.milliCpu());
        shortage.compare("memory", wanted.memory(), node.requestedMemory(), allocatable.memory());
        shortage.compare(
                "ephemeral-storage",
                wanted.ephemeralStorage(),
                node.requestedEphemeralStorage(),
                allocatable.ephemeralStorage());
        for (String resource : new TreeSet<>(wanted.extended().keySet())) {
            shortage.compare(
                    resource,
                    wanted.extended().getOrDefault(resource, 0L),
                    node.requestedExtended(resource),
                    offered(node, resource));
        }
        return new Rejection(shortage.reasons, shortage.resolvable);
    }

    /** What a node has too little of. */
    private static final class Shortage {

        private final List<String> reasons = new ArrayList<>();
        private boolean resolvable = true;

        void compare(String resource, long wanted, long requested, long allocatable) {
            if (!isFree(wanted, requested, allocatable)) {
                reasons.add("Insufficient " + resource);
                resolvable &= wanted <= allocatable;
            }
        }
    }

    @Override
    public @Nullable NodeScorer scorerFor(PodInfo pod, List<NodeInfo> feasible) {
        ResourceAmounts wanted = pod.demand().assumed();
        return node -> {
            long cpu = node.allocatableMilliCpu();
            long memory = node.allocatableMemory();
            int resources = 0;
            long score = 0;
            if (cpu > 0) {
                resources++;
                score += free(node.assumedMilliCpu() + wanted.milliCpu(), cpu);
            }
            if (memory > 0) {
                resources++;
                score += free(node.assumedMemory() + wanted.memory(), memory);
            }
            return resources == 0 ? 0 : score / resources;
        };
    }

    private static long free(long requested, long allocatable) {
        return requested > allocatable ? 0 : (allocatable - requested) * MAX_SCORE / allocatable;
    }
}
