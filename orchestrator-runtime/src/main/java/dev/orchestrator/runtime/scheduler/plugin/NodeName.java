package dev.orchestrator.runtime.scheduler.plugin;

import dev.orchestrator.runtime.scheduler.framework.FilterPlugin;
import dev.orchestrator.runtime.scheduler.framework.PodInfo;
import dev.orchestrator.runtime.scheduler.framework.Rejection;
import org.jspecify.annotations.Nullable;

/** Keeps a pod that names its node off all others. */
public final class NodeName implements FilterPlugin {

    private static final Rejection OTHER = Rejection.lasting("node(s) didn't match the requested node name");

    @Override
    public String name() {
        return "NodeName";
    }

    @Override
    public @Nullable NodeFilter filterFor(PodInfo pod) {
        String wanted = pod.spec().nodeName();
        if (wanted == null || wanted.isEmpty()) {
            return null;
        }
        return node -> node.name().equals(wanted) ? null : OTHER;
    }
}
