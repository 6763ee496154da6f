package dev.orchestrator.runtime.scheduler.custom;

import java.util.List;

import dev.orchestrator.api.scheduling.SchedulerPlugins.Weighted;
import dev.orchestrator.runtime.scheduler.framework.NodeInfo;
import dev.orchestrator.runtime.scheduler.framework.PodInfo;
import dev.orchestrator.runtime.scheduler.framework.ScorePlugin;

/** A preference of the embedding program, scaled as those of Kubernetes are. */
public final class CustomScore implements ScorePlugin {

    private final Weighted given;

    /** Creates the preference. */
    public CustomScore(Weighted given) {
        this.given = given;
    }

    @Override
    public String name() {
        return given.name();
    }

    @Override
    public int weight() {
        return given.weight();
    }

    @Override
    public NodeScorer scorerFor(PodInfo pod, List<NodeInfo> feasible) {
        return (FullRange) node -> given.plugin().score(pod.pod(), new SeenNode(node));
    }
}
