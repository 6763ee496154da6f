package dev.orchestrator.runtime.scheduler.custom;

import java.util.List;

import dev.orchestrator.api.model.ObjectKey;
import dev.orchestrator.api.model.core.Node;
import dev.orchestrator.api.scheduling.NodeView;
import dev.orchestrator.runtime.scheduler.framework.NodeInfo;
import dev.orchestrator.runtime.scheduler.framework.PlacedPod;

/** A node as the rules of others see it. */
record SeenNode(NodeInfo info) implements NodeView {

    @Override
    public Node node() {
        return info.node();
    }

    @Override
    public List<ObjectKey> pods() {
        return info.pods().stream().map(PlacedPod::key).toList();
    }
}
