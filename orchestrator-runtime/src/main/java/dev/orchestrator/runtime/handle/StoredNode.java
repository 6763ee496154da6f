package dev.orchestrator.runtime.handle;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;

import dev.orchestrator.api.DrainOptions;
import dev.orchestrator.api.NodeHandle;
import dev.orchestrator.api.NodeUsage;
import dev.orchestrator.api.model.ObjectKey;
import dev.orchestrator.api.model.ResourceTypes;
import dev.orchestrator.api.model.core.Node;
import dev.orchestrator.api.model.core.NodeBuilder;
import dev.orchestrator.api.model.core.NodeSpecBuilder;
import dev.orchestrator.api.model.core.Pod;
import dev.orchestrator.api.model.core.Taint;
import dev.orchestrator.api.model.core.TaintBuilder;

/** A stored node. */
final class StoredNode extends StoredObject<Node, NodeHandle> implements NodeHandle {

    StoredNode(HandleContext context, ObjectKey key) {
        super(context, ResourceTypes.NODE, key);
    }

    @Override
    NodeHandle self() {
        return this;
    }

    @Override
    public NodeHandle cordon() {
        return spec(spec -> spec.unschedulable(true));
    }

    @Override
    public NodeHandle uncordon() {
        return spec(spec -> spec.unschedulable(false));
    }

    private NodeHandle spec(UnaryOperator<NodeSpecBuilder> change) {
        return edit(node -> NodeBuilder.builder(node)
                .spec(change.apply(NodeSpecBuilder.builder(node.spec())).build())
                .build());
    }

    @Override
    public NodeHandle taint(String taint, String value, String effect) {
        return edit(node -> {
            var taints = new ArrayList<Taint>(node.spec().taints());
            taints.removeIf(each -> each.key().equals(taint) && Objects.equals(each.effect(), effect));
            taints.add(TaintBuilder.builder()
                    .key(taint)
                    .value(value.isEmpty() ? null : value)
                    .effect(effect)
                    .build());
            return tainted(node, taints);
        });
    }

    @Override
    public NodeHandle untaint(String taint) {
        return edit(node -> tainted(
                node,
                node.spec().taints().stream()
                        .filter(each -> !each.key().equals(taint))
                        .toList()));
    }

    @Override
    public NodeHandle untaint(String taint, String effect) {
        return edit(node -> tainted(
                node,
                node.spec().taints().stream()
                        .filter(each -> !(each.key().equals(taint) && effect.equals(each.effect())))
                        .toList()));
    }

    @Override
    public NodeHandle drain(DrainOptions options, Duration timeout) throws InterruptedException {
        cordon();
        new NodeDrain(context, key().name(), options).run(timeout);
        return this;
    }

    @Override
    public NodeUsage top() throws InterruptedException {
        return Usage.of(context.containers(), get(), pods(), context.time().instant());
    }

    private static Node tainted(Node node, List<Taint> taints) {
        return NodeBuilder.builder(node)
                .spec(NodeSpecBuilder.builder(node.spec()).taints(taints).build())
                .build();
    }

    @Override
    public List<Pod> pods() {
        return context.store().podsOnNode(key().name());
    }
}
