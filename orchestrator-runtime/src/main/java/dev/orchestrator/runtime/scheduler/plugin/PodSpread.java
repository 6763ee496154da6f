package dev.orchestrator.runtime.scheduler.plugin;

import java.util.List;

import dev.orchestrator.runtime.scheduler.framework.NodeInfo;
import dev.orchestrator.runtime.scheduler.framework.PodGroup;
import dev.orchestrator.runtime.scheduler.framework.PodInfo;
import dev.orchestrator.runtime.scheduler.framework.ScorePlugin;
import org.jspecify.annotations.Nullable;

/**
 * Prefers nodes that run the fewest pods of the same controller, or with the same labels when there is none, for pods
 * that say nothing about spreading themselves.
 */
public final class PodSpread implements ScorePlugin {

    @Override
    public String name() {
        return "PodSpread";
    }

    @Override
    public int weight() {
        return 2;
    }

    @Override
    public @Nullable NodeScorer scorerFor(PodInfo pod, List<NodeInfo> feasible) {
        PodGroup group = pod.group();
        return group == null
                        || group.isEmpty()
                        || !pod.spec().topologySpreadConstraints().isEmpty()
                ? null
                : (LessIsBetter) group::countOn;
    }
}
