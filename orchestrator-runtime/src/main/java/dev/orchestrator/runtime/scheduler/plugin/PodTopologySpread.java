package dev.orchestrator.runtime.scheduler.plugin;

import java.util.List;

import dev.orchestrator.runtime.scheduler.framework.ClusterEvent;
import dev.orchestrator.runtime.scheduler.framework.FilterPlugin;
import dev.orchestrator.runtime.scheduler.framework.NodeInfo;
import dev.orchestrator.runtime.scheduler.framework.PlacedPod;
import dev.orchestrator.runtime.scheduler.framework.PodInfo;
import dev.orchestrator.runtime.scheduler.framework.Rejection;
import dev.orchestrator.runtime.scheduler.framework.ScorePlugin;
import dev.orchestrator.runtime.scheduler.framework.SpreadConstraint;
import dev.orchestrator.runtime.scheduler.framework.Tally;
import dev.orchestrator.runtime.scheduler.topology.DomainCounts;
import dev.orchestrator.runtime.scheduler.topology.TopologyIndex;
import org.jspecify.annotations.Nullable;

/** Spreads pods over zones, nodes or other domains as their constraints say. */
public final class PodTopologySpread implements FilterPlugin, ScorePlugin {

    private static final String MISMATCH = "node(s) didn't match pod topology spread constraints";
    private static final Rejection TOO_UNEVEN = Rejection.resolvable(MISMATCH);
    private static final Rejection NO_DOMAIN = Rejection.lasting(MISMATCH + " (missing required label)");

    private final TopologyIndex index;

    /**
     * Creates the rule.
     *
     * @param index knows where pods are
     */
    public PodTopologySpread(TopologyIndex index) {
        this.index = index;
    }

    @Override
    public String name() {
        return "PodTopologySpread";
    }

    @Override
    public int weight() {
        return 2;
    }

    @Override
    public @Nullable NodeFilter filterFor(PodInfo pod) {
        List<SpreadConstraint> constraints = pod.terms().mustSpread();
        if (constraints.isEmpty()) {
            return null;
        }
        var limits = constraints.stream()
                .map(constraint -> Limit.of(constraint, index.pods(constraint)))
                .toList();
        return node -> {
            for (Limit limit : limits) {
                if (!limit.pods.hasDomain(node)) {
                    return NO_DOMAIN;
                }
                if (limit.pods.around(node) > limit.most) {
                    return TOO_UNEVEN;
                }
            }
            return null;
        };
    }

    /** How many pods a domain may have before this one comes. */
    private record Limit(DomainCounts pods, long most) {

        static Limit of(SpreadConstraint constraint, DomainCounts pods) {
            int domains = pods.domainCount();
            if (domains == 0 && constraint.minDomains() <= 0) {
                return new Limit(pods, Long.MAX_VALUE);
            }
            int fewest = domains < constraint.minDomains() ? 0 : pods.minimum();
            return new Limit(pods, (long) constraint.maxSkew() + fewest - (constraint.selectsItself() ? 1 : 0));
        }
    }

    @Override
    public @Nullable NodeScorer scorerFor(PodInfo pod, List<NodeInfo> feasible) {
        List<SpreadConstraint> constraints = pod.terms().shouldSpread();
        if (constraints.isEmpty()) {
            return null;
        }
        List<DomainCounts> counts = constraints.stream().map(index::pods).toList();
        var weights = new double[counts.size()];
        for (int i = 0; i < weights.length; i++) {
            // A few big domains must not outvote many small ones.
            weights[i] = Math.log(sizeOf(counts.get(i), counts, feasible) + 2.0);
        }
        return new Scorer(constraints, counts, weights);
    }

    /** How many domains the nodes are in, without those that are in no domain of some constraint. */
    private static int sizeOf(DomainCounts of, List<DomainCounts> all, List<NodeInfo> feasible) {
        var seen = new Tally();
        int size = 0;
        for (NodeInfo node : feasible) {
            if (isInAll(node, all) && seen.add(of.domainOf(node)) == 1) {
                size++;
            }
        }
        return size;
    }

    private static boolean isInAll(NodeInfo node, List<DomainCounts> all) {
        for (DomainCounts each : all) {
            if (!each.hasDomain(node)) {
                return false;
            }
        }
        return true;
    }

    private static final class Scorer implements NodeScorer {

        private static final long IGNORED = -1;

        private final List<SpreadConstraint> constraints;
        private final List<DomainCounts> counts;
        private final double[] weights;

        Scorer(List<SpreadConstraint> constraints, List<DomainCounts> counts, double[] weights) {
            this.constraints = constraints;
            this.counts = counts;
            this.weights = weights;
        }

        @Override
        public long score(NodeInfo node) {
            if (!isInAll(node, counts)) {
                return IGNORED;
            }
            double score = 0;
            for (int i = 0; i < weights.length; i++) {
                score += counts.get(i).around(node) * weights[i]
                        + (constraints.get(i).maxSkew() - 1);
            }
            return Math.round(score);
        }

        @Override
        public void normalize(long[] scores) {
            long least = Long.MAX_VALUE;
            long most = 0;
            for (long score : scores) {
                if (score != IGNORED) {
                    least = Math.min(least, score);
                    most = Math.max(most, score);
                }
            }
            for (int i = 0; i < scores.length; i++) {
                if (scores[i] == IGNORED) {
                    scores[i] = 0;
                } else {
                    scores[i] = most == 0 ? MAX_SCORE : MAX_SCORE * (most + least - scores[i]) / most;
                }
            }
        }
    }

    @Override
    public boolean looksAround() {
        return true;
    }

    @Override
    public boolean mayBeHelpedBy(PodInfo refused, ClusterEvent event) {
        return switch (event) {
            case ClusterEvent.PodArrived arrived -> isCounted(refused, arrived.pod());
            case ClusterEvent.PodLeft left -> isCounted(refused, left.pod());
            case ClusterEvent.NodeChanged changed ->
                refused.terms().mustSpread().stream().anyMatch(each -> changed.concerns(each.topologyKey()));
            case ClusterEvent.NamespaceChanged changed -> false;
        };
    }

    private boolean isCounted(PodInfo refused, PlacedPod changed) {
        return refused.terms().mustSpread().stream()
                .anyMatch(each -> each.pods().matches(changed.selectable(), index.namespaces()));
    }
}
