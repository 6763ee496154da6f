package dev.orchestrator.runtime.scheduler.plugin;

import java.util.ArrayList;
import java.util.List;

import dev.orchestrator.api.model.core.Taint;
import dev.orchestrator.api.model.core.Toleration;
import dev.orchestrator.runtime.placement.NodeTaints;
import dev.orchestrator.runtime.scheduler.framework.FilterPlugin;
import dev.orchestrator.runtime.scheduler.framework.NodeInfo;
import dev.orchestrator.runtime.scheduler.framework.PodInfo;
import dev.orchestrator.runtime.scheduler.framework.Rejection;
import dev.orchestrator.runtime.scheduler.framework.ScorePlugin;
import org.jspecify.annotations.Nullable;

/** Keeps pods off nodes whose taints they do not tolerate, unready nodes among them, and prefers the least tainted. */
public final class TaintToleration implements FilterPlugin, ScorePlugin {

    private static final Rejection UNTOLERATED = Rejection.lasting("node(s) had untolerated taint(s)");

    @Override
    public String name() {
        return "TaintToleration";
    }

    @Override
    public int weight() {
        return 3;
    }

    @Override
    public NodeFilter filterFor(PodInfo pod) {
        List<Toleration> tolerations = pod.spec().tolerations();
        return node -> untolerated(node.hardTaints(), tolerations) == 0 ? null : UNTOLERATED;
    }

    @Override
    public @Nullable NodeScorer scorerFor(PodInfo pod, List<NodeInfo> feasible) {
        boolean anyTainted = false;
        for (NodeInfo node : feasible) {
            anyTainted |= !node.softTaints().isEmpty();
        }
        if (!anyTainted) {
            return null;
        }
        var tolerations = new ArrayList<Toleration>();
        for (Toleration toleration : pod.spec().tolerations()) {
            String effect = toleration.effect();
            if (effect == null || effect.isEmpty() || effect.equals("PreferNoSchedule")) {
                tolerations.add(toleration);
            }
        }
        return (LessIsBetter) node -> untolerated(node.softTaints(), tolerations);
    }

    private static int untolerated(List<Taint> taints, List<Toleration> tolerations) {
        int count = 0;
        for (int i = 0; i < taints.size(); i++) {
            if (!NodeTaints.tolerates(tolerations, taints.get(i))) {
                count++;
            }
        }
        return count;
    }
}
