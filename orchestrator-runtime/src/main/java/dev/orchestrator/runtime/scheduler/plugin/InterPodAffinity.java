package dev.orchestrator.runtime.scheduler.plugin;

import java.util.ArrayList;
import java.util.List;

import dev.orchestrator.runtime.scheduler.framework.AffinityTerm;
import dev.orchestrator.runtime.scheduler.framework.ClusterEvent;
import dev.orchestrator.runtime.scheduler.framework.FilterPlugin;
import dev.orchestrator.runtime.scheduler.framework.NodeInfo;
import dev.orchestrator.runtime.scheduler.framework.PlacedPod;
import dev.orchestrator.runtime.scheduler.framework.PodClass;
import dev.orchestrator.runtime.scheduler.framework.PodInfo;
import dev.orchestrator.runtime.scheduler.framework.Rejection;
import dev.orchestrator.runtime.scheduler.framework.ScorePlugin;
import dev.orchestrator.runtime.scheduler.topology.DomainCounts;
import dev.orchestrator.runtime.scheduler.topology.TopologyIndex;
import dev.orchestrator.runtime.scheduler.topology.TopologyIndex.Attraction;
import org.jspecify.annotations.Nullable;

/**
 * Honours what a pod wants of the places of other pods, and what they want of its.
 *
 * <p>Required affinity and anti-affinity are filters, and so is the required anti-affinity of pods that have a place.
 * What is preferred on both sides is a score, to which the required affinity of pods with a place adds a little.
 */
public final class InterPodAffinity implements FilterPlugin, ScorePlugin {

    private static final Rejection FAR_FROM_WANTED = Rejection.lasting("node(s) didn't match pod affinity rules");
    private static final Rejection NEAR_UNWANTED = Rejection.resolvable("node(s) didn't match pod anti-affinity rules");
    private static final Rejection UNWANTED =
            Rejection.resolvable("node(s) didn't satisfy existing pods anti-affinity rules");

    private final TopologyIndex index;

    /**
     * Creates the rule.
     *
     * @param index knows where pods are
     */
    public InterPodAffinity(TopologyIndex index) {
        this.index = index;
    }

    @Override
    public String name() {
        return "InterPodAffinity";
    }

    @Override
    public int weight() {
        return 2;
    }

    @Override
    public @Nullable NodeFilter filterFor(PodInfo pod) {
        List<DomainCounts> wanted = wanted(pod);
        List<DomainCounts> unwanted = unwanted(pod);
        List<DomainCounts> rejecting = index.forbidding(pod);
        if (wanted.isEmpty() && unwanted.isEmpty() && rejecting.isEmpty()) {
            return null;
        }
        boolean isFirst = isFirstOfItsKind(pod, wanted);
        return node -> {
            if (!isNear(node, wanted, isFirst)) {
                return FAR_FROM_WANTED;
            }
            if (isNearAny(node, unwanted)) {
                return NEAR_UNWANTED;
            }
            return isNearAny(node, rejecting) ? UNWANTED : null;
        };
    }

    private List<DomainCounts> wanted(PodInfo pod) {
        List<AffinityTerm> terms = pod.terms().affinity();
        return terms.stream().map(term -> index.pods(terms, term.topologyKey())).toList();
    }

    private List<DomainCounts> unwanted(PodInfo pod) {
        return pod.terms().antiAffinity().stream()
                .map(term -> index.pods(List.of(term), term.topologyKey()))
                .toList();
    }

    /** The first of several pods that want to be together could go nowhere if it had to wait for another. */
    private boolean isFirstOfItsKind(PodInfo pod, List<DomainCounts> wanted) {
        for (DomainCounts pods : wanted) {
            if (!pods.isEmpty()) {
                return false;
            }
        }
        return selectsAll(pod.terms().affinity(), pod.selectable());
    }

    private boolean selectsAll(List<AffinityTerm> terms, PodClass candidate) {
        return terms.stream().allMatch(term -> term.pods().matches(candidate, index.namespaces()));
    }

    private static boolean isNear(NodeInfo node, List<DomainCounts> wanted, boolean isFirst) {
        for (DomainCounts pods : wanted) {
            if (!pods.hasDomain(node) || (!isFirst && pods.around(node) == 0)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isNearAny(NodeInfo node, List<DomainCounts> unwanted) {
        for (int i = 0; i < unwanted.size(); i++) {
            if (unwanted.get(i).around(node) > 0) {
                return true;
            }
        }
        return false;
    }

    @Override
    public @Nullable NodeScorer scorerFor(PodInfo pod, List<NodeInfo> feasible) {
        var attractions = new ArrayList<>(index.attracting(pod));
        for (AffinityTerm.Weighted preferred : pod.terms().preferred()) {
            var pods = index.pods(List.of(preferred.term()), preferred.term().topologyKey());
            attractions.add(new Attraction(preferred.weight(), pods));
        }
        return attractions.isEmpty() ? null : new Scorer(attractions);
    }

    private record Scorer(List<Attraction> attractions) implements FullRange {

        @Override
        public long score(NodeInfo node) {
            long score = 0;
            for (Attraction attraction : attractions) {
                score += (long) attraction.weight() * attraction.pods().around(node);
            }
            return score;
        }
    }

    @Override
    public boolean looksAround() {
        return true;
    }

    @Override
    public boolean mayBeHelpedBy(PodInfo refused, ClusterEvent event) {
        List<AffinityTerm> near = refused.terms().affinity();
        List<AffinityTerm> far = refused.terms().antiAffinity();
        return switch (event) {
            case ClusterEvent.PodArrived arrived ->
                !near.isEmpty() && selectsAll(near, arrived.pod().selectable());
            case ClusterEvent.PodLeft left -> mayBeHelpedByLeave(refused, left.pod());
            case ClusterEvent.NodeChanged changed ->
                near.stream().anyMatch(term -> changed.concerns(term.topologyKey()))
                        || far.stream().anyMatch(term -> changed.concerns(term.topologyKey()))
                        || !index.forbidding(refused).isEmpty();
            case ClusterEvent.NamespaceChanged changed -> true;
        };
    }

    private boolean mayBeHelpedByLeave(PodInfo refused, PlacedPod left) {
        PodClass gone = left.selectable();
        PodClass own = refused.selectable();
        // The last of the wanted pods went: now this one may be the first.
        List<AffinityTerm> near = refused.terms().affinity();
        return (!near.isEmpty() && selectsAll(near, gone))
                || refused.terms().antiAffinity().stream()
                        .anyMatch(term -> term.pods().matches(gone, index.namespaces()))
                || left.terms().antiAffinity().stream()
                        .anyMatch(term -> term.pods().matches(own, index.namespaces()));
    }
}
