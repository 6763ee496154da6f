package dev.orchestrator.runtime.scheduler.plugin;

import java.util.List;

import dev.orchestrator.runtime.scheduler.framework.FilterPlugin;
import dev.orchestrator.runtime.scheduler.framework.HostPort;
import dev.orchestrator.runtime.scheduler.framework.NodeInfo;
import dev.orchestrator.runtime.scheduler.framework.PodInfo;
import dev.orchestrator.runtime.scheduler.framework.Rejection;
import org.jspecify.annotations.Nullable;

/** Keeps pods that want the same port of a node apart. */
public final class NodePorts implements FilterPlugin {

    private static final Rejection TAKEN =
            Rejection.resolvable("node(s) didn't have free ports for the requested pod ports");

    @Override
    public String name() {
        return "NodePorts";
    }

    @Override
    public @Nullable NodeFilter filterFor(PodInfo pod) {
        List<HostPort> wanted = pod.demand().hostPorts();
        return wanted.isEmpty() ? null : node -> anyTaken(node, wanted) ? TAKEN : null;
    }

    private static boolean anyTaken(NodeInfo node, List<HostPort> wanted) {
        for (HostPort port : wanted) {
            if (node.occupies(port)) {
                return true;
            }
        }
        return false;
    }
}
