package dev.orchestrator.runtime.scheduler.plugin;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import dev.orchestrator.api.model.Selector;
import dev.orchestrator.api.model.core.Affinity;
import dev.orchestrator.api.model.core.NodeSelector;
import dev.orchestrator.api.model.core.PreferredSchedulingTerm;
import dev.orchestrator.runtime.placement.NodeTerm;
import dev.orchestrator.runtime.scheduler.framework.FilterPlugin;
import dev.orchestrator.runtime.scheduler.framework.NodeInfo;
import dev.orchestrator.runtime.scheduler.framework.PodInfo;
import dev.orchestrator.runtime.scheduler.framework.Rejection;
import dev.orchestrator.runtime.scheduler.framework.ScorePlugin;
import org.jspecify.annotations.Nullable;

/** Honours a pod's node selector and its required and preferred node affinity. */
public final class NodeAffinity implements FilterPlugin, ScorePlugin {

    private static final Rejection NO_MATCH = Rejection.lasting("node(s) didn't match Pod's node affinity/selector");

    @Override
    public String name() {
        return "NodeAffinity";
    }

    @Override
    public int weight() {
        return 2;
    }

    @Override
    public @Nullable NodeFilter filterFor(PodInfo pod) {
        List<NodeTerm> terms = requiredTerms(pod);
        if (terms == null && pod.spec().nodeSelector().isEmpty()) {
            return null;
        }
        Selector selector = Selector.ofLabels(pod.spec().nodeSelector());
        return node -> {
            boolean matches = selector.matches(node.node().metadata().labels())
                    && (terms == null || terms.stream().anyMatch(term -> term.matches(node.node())));
            return matches ? null : NO_MATCH;
        };
    }

    /** A pod of a daemon set names its node in the only term: then no other node needs to be looked at. */
    @Override
    public @Nullable Set<String> onlyNodes(PodInfo pod) {
        List<NodeTerm> terms = requiredTerms(pod);
        if (terms == null) {
            return null;
        }
        var names = new HashSet<String>();
        for (NodeTerm term : terms) {
            Set<String> pinned = term.names();
            if (pinned == null) {
                return null;
            }
            names.addAll(pinned);
        }
        return names;
    }

    private static @Nullable List<NodeTerm> requiredTerms(PodInfo pod) {
        var affinity = nodeAffinity(pod);
        NodeSelector required = affinity == null ? null : affinity.requiredDuringSchedulingIgnoredDuringExecution();
        return required == null
                ? null
                : required.nodeSelectorTerms().stream().map(NodeTerm::of).toList();
    }

    private static dev.orchestrator.api.model.core.@Nullable NodeAffinity nodeAffinity(PodInfo pod) {
        Affinity affinity = pod.spec().affinity();
        return affinity == null ? null : affinity.nodeAffinity();
    }

    @Override
    public @Nullable NodeScorer scorerFor(PodInfo pod, List<NodeInfo> feasible) {
        var affinity = nodeAffinity(pod);
        if (affinity == null) {
            return null;
        }
        var preferred = new ArrayList<Preferred>();
        for (PreferredSchedulingTerm term : affinity.preferredDuringSchedulingIgnoredDuringExecution()) {
            if (term.weight() != 0 && !NodeTerm.isEmpty(term.preference())) {
                preferred.add(new Preferred(NodeTerm.of(term.preference()), term.weight()));
            }
        }
        if (preferred.isEmpty()) {
            return null;
        }
        return (MoreIsBetter) node -> {
            long score = 0;
            for (Preferred term : preferred) {
                score += term.term.matches(node.node()) ? term.weight : 0;
            }
            return score;
        };
    }

    private record Preferred(NodeTerm term, int weight) {}
}
