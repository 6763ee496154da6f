package dev.orchestrator.runtime.admission.cluster;

import java.util.List;

import dev.orchestrator.api.model.core.Node;
import dev.orchestrator.api.model.core.NodeSpec;
import dev.orchestrator.api.model.core.NodeSpecBuilder;
import dev.orchestrator.api.model.core.NodeStatus;
import dev.orchestrator.api.model.core.NodeStatusBuilder;
import dev.orchestrator.runtime.admission.field.Zero;

import static dev.orchestrator.runtime.admission.kind.Identity.same;

/** Fills in what a node leaves out: all it has may be used, and its one pod range is its first. */
final class NodeDefaults {

    private NodeDefaults() {}

    static Node withDefaults(Node node) {
        NodeSpec spec = spec(node.spec());
        NodeStatus status = node.status();
        if (status.allocatable().isEmpty() && !status.capacity().isEmpty()) {
            status = NodeStatusBuilder.builder(status)
                    .allocatable(status.capacity())
                    .build();
        }
        return same(spec, node.spec()) && same(status, node.status()) ? node : new Node(node.metadata(), spec, status);
    }

    private static NodeSpec spec(NodeSpec given) {
        if (given.podCIDRs().isEmpty() && !Zero.isEmpty(given.podCIDR())) {
            return NodeSpecBuilder.builder(given)
                    .podCIDRs(List.of(given.podCIDR()))
                    .build();
        }
        if (Zero.isEmpty(given.podCIDR()) && !given.podCIDRs().isEmpty()) {
            return NodeSpecBuilder.builder(given)
                    .podCIDR(given.podCIDRs().get(0))
                    .build();
        }
        return given;
    }
}
