package dev.orchestrator.runtime.controller.daemonset;

import java.util.List;

import dev.orchestrator.api.model.Selector;
import dev.orchestrator.api.model.apps.DaemonSet;
import dev.orchestrator.api.model.core.Affinity;
import dev.orchestrator.api.model.core.Node;
import dev.orchestrator.api.model.core.NodeAffinity;
import dev.orchestrator.api.model.core.NodeSelector;
import dev.orchestrator.api.model.core.PodSpec;
import dev.orchestrator.api.model.core.Taint;
import dev.orchestrator.api.model.core.Toleration;
import dev.orchestrator.runtime.placement.NodeTaints;
import dev.orchestrator.runtime.placement.NodeTerm;
import org.jspecify.annotations.Nullable;

/** Which nodes a daemon set selects; readiness and room are no matter, and cordoned nodes are not left out. */
final class NodeChoice {

    /** What a node is to a daemon set. */
    enum Place {
        /** It is to have a pod. */
        WANTED,
        /** It gets no pod, but one that is there may stay. */
        TOLERATED,
        /** It is to have no pod. */
        UNWANTED
    }

    private final @Nullable String onlyNode;
    private final Selector labels;
    private final @Nullable List<NodeTerm> terms;
    private final List<Toleration> tolerations;

    private NodeChoice(PodSpec spec) {
        this.onlyNode = spec.nodeName() == null || spec.nodeName().isEmpty() ? null : spec.nodeName();
        this.labels = Selector.ofLabels(spec.nodeSelector());
        this.terms = terms(spec.affinity());
        this.tolerations = DaemonPod.tolerations(spec);
    }

    static NodeChoice of(DaemonSet set) {
        return new NodeChoice(set.spec().template().spec());
    }

    private static @Nullable List<NodeTerm> terms(@Nullable Affinity affinity) {
        NodeAffinity nodes = affinity == null ? null : affinity.nodeAffinity();
        NodeSelector required = nodes == null ? null : nodes.requiredDuringSchedulingIgnoredDuringExecution();
        return required == null
                ? null
                : required.nodeSelectorTerms().stream().map(NodeTerm::of).toList();
    }

    Place place(Node node) {
        boolean isSelected =
                (onlyNode == null || onlyNode.equals(node.metadata().nameOrEmpty()))
                        && labels.matches(node.metadata().labels())
                        && (terms == null || terms.stream().anyMatch(term -> term.matches(node)));
        if (!isSelected) {
            return Place.UNWANTED;
        }
        Place place = Place.WANTED;
        for (Taint taint : node.spec().taints()) {
            if (NodeTaints.tolerates(tolerations, taint)) {
                continue;
            }
            if (taint.effect().equals("NoExecute")) {
                return Place.UNWANTED;
            }
            if (taint.effect().equals("NoSchedule")) {
                place = Place.TOLERATED;
            }
        }
        return place;
    }
}
