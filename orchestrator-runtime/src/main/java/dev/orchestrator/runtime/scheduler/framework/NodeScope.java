package dev.orchestrator.runtime.scheduler.framework;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

import dev.orchestrator.api.model.Selector;
import dev.orchestrator.api.model.core.NodeSelector;
import dev.orchestrator.api.model.core.Taint;
import dev.orchestrator.api.model.core.Toleration;
import dev.orchestrator.runtime.placement.NodeTaints;
import dev.orchestrator.runtime.placement.NodeTerm;
import org.jspecify.annotations.Nullable;

/**
 * The nodes whose pods count when pods are spread.
 *
 * @param keys labels that a node must have
 * @param labels labels with values that a node must have
 * @param affinity what else a node must match; null for nothing
 * @param tolerations the only taints a node may have; null for any
 */
public record NodeScope(
        Set<String> keys,
        Map<String, String> labels,
        @Nullable NodeSelector affinity,
        @Nullable List<Toleration> tolerations) {

    /** All nodes. */
    public static final NodeScope ANY = new NodeScope(Set.of(), Map.of(), null, null);

    /** {@return the scope as a condition, ready to be asked of many nodes} */
    public Predicate<NodeInfo> condition() {
        Selector selector = Selector.ofLabels(labels);
        List<NodeTerm> terms = affinity == null
                ? null
                : affinity.nodeSelectorTerms().stream().map(NodeTerm::of).toList();
        return node -> {
            var present = node.node().metadata().labels();
            return present.keySet().containsAll(keys)
                    && selector.matches(present)
                    && (terms == null || terms.stream().anyMatch(term -> term.matches(node.node())))
                    && (tolerations == null || isTolerated(node, tolerations));
        };
    }

    private static boolean isTolerated(NodeInfo node, List<Toleration> tolerations) {
        for (Taint taint : node.hardTaints()) {
            if (!NodeTaints.tolerates(tolerations, taint)) {
                return false;
            }
        }
        return !node.isUnschedulable() || NodeTaints.tolerates(tolerations, NodeTaints.UNSCHEDULABLE);
    }
}
