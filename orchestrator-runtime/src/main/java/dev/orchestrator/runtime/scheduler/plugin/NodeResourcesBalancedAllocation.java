package dev.orchestrator.runtime.scheduler.plugin;

import java.util.List;

import dev.orchestrator.runtime.scheduler.framework.NodeInfo;
import dev.orchestrator.runtime.scheduler.framework.PodInfo;
import dev.orchestrator.runtime.scheduler.framework.ResourceAmounts;
import dev.orchestrator.runtime.scheduler.framework.ScorePlugin;
import org.jspecify.annotations.Nullable;

/** Prefers nodes whose CPU and memory would be used to the same share. */
public final class NodeResourcesBalancedAllocation implements ScorePlugin {

    @Override
    public String name() {
        return "NodeResourcesBalancedAllocation";
    }

    @Override
    public int weight() {
        return 1;
    }

    @Override
    public @Nullable NodeScorer scorerFor(PodInfo pod, List<NodeInfo> feasible) {
        ResourceAmounts wanted = pod.demand().requests();
        if (wanted.milliCpu() == 0 && wanted.memory() == 0) {
            return null;
        }
        return node -> score(wanted, node);
    }

    private static long score(ResourceAmounts wanted, NodeInfo node) {
        if (node.allocatableMilliCpu() == 0 || node.allocatableMemory() == 0) {
            return MAX_SCORE;
        }
        double cpu = share(node.requestedMilliCpu() + wanted.milliCpu(), node.allocatableMilliCpu());
        double memory = share(node.requestedMemory() + wanted.memory(), node.allocatableMemory());
        // The standard deviation of two values is half their distance: 0.9 and 0.5 score 80.
        return (long) ((1 - Math.abs(cpu - memory) / 2) * MAX_SCORE);
    }

    private static double share(long requested, long allocatable) {
        return Math.min(1.0, (double) requested / allocatable);
    }
}
