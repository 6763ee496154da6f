package dev.orchestrator.runtime.scheduler.plugin;

import dev.orchestrator.runtime.placement.NodeTaints;
import dev.orchestrator.runtime.scheduler.framework.FilterPlugin;
import dev.orchestrator.runtime.scheduler.framework.PodInfo;
import dev.orchestrator.runtime.scheduler.framework.Rejection;
import org.jspecify.annotations.Nullable;

/** Keeps pods off cordoned nodes, unless they tolerate it. */
public final class NodeUnschedulable implements FilterPlugin {

    private static final Rejection CORDONED = Rejection.lasting("node(s) were unschedulable");

    @Override
    public String name() {
        return "NodeUnschedulable";
    }

    @Override
    public @Nullable NodeFilter filterFor(PodInfo pod) {
        if (NodeTaints.tolerates(pod.spec().tolerations(), NodeTaints.UNSCHEDULABLE)) {
            return null;
        }
        return node -> node.isUnschedulable() ? CORDONED : null;
    }
}
