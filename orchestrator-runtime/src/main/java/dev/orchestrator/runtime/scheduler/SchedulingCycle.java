package dev.orchestrator.runtime.scheduler;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;

import dev.orchestrator.runtime.scheduler.framework.FilterPlugin;
import dev.orchestrator.runtime.scheduler.framework.FilterPlugin.NodeFilter;
import dev.orchestrator.runtime.scheduler.framework.NodeInfo;
import dev.orchestrator.runtime.scheduler.framework.PlacedPod;
import dev.orchestrator.runtime.scheduler.framework.PodInfo;
import dev.orchestrator.runtime.scheduler.framework.PostFilterPlugin;
import dev.orchestrator.runtime.scheduler.framework.PostFilterPlugin.Outcome.Hopeless;
import dev.orchestrator.runtime.scheduler.framework.PostFilterPlugin.Outcome.Nominated;
import dev.orchestrator.runtime.scheduler.framework.Refusal;
import dev.orchestrator.runtime.scheduler.framework.Rejection;
import dev.orchestrator.runtime.scheduler.framework.ScorePlugin;
import dev.orchestrator.runtime.scheduler.framework.ScorePlugin.NodeScorer;
import dev.orchestrator.runtime.scheduler.framework.Trial;
import dev.orchestrator.runtime.store.ObjectStore;
import org.jspecify.annotations.Nullable;

/**
 * Chooses a node for one pod: filter, score, take the best.
 *
 * <p>In a large cluster it stops as soon as enough nodes can run the pod and goes on from there with the next pod, so
 * that all nodes get their turn. Equal scores are decided by a seeded random, so that the same input gives the same
 * placement. Not thread-safe.
 */
final class SchedulingCycle {

    /** What came out for one pod. */
    sealed interface Decision {
        /** The pod goes to this node. */
        record Chosen(NodeInfo node) implements Decision {}

        /** No node takes the pod. */
        record Unschedulable(FitError error, Set<FilterPlugin> refusedBy, boolean keepsNomination)
                implements Decision {}

        /** No node takes the pod, but one will when other pods are gone. */
        record MakingRoom(FitError error, Set<FilterPlugin> refusedBy, Nominated room) implements Decision {}
    }

    private final SchedulerProfile profile;
    private final ClusterSnapshot snapshot;
    private final Nominations nominations;
    private final Trial trial;
    private final SplittableRandom random;
    private int nextStart;

    /**
     * Creates a cycle over what the snapshot holds whenever it is asked.
     *
     * @param nominations the pods for which room is reserved
     * @param store where details are looked up when pods may have to go
     */
    SchedulingCycle(SchedulerProfile profile, ClusterSnapshot snapshot, Nominations nominations, ObjectStore store) {
        this.profile = profile;
        this.snapshot = snapshot;
        this.nominations = nominations;
        this.trial = new StoredTrial(this, snapshot, store);
        this.random = new SplittableRandom(profile.seed());
    }

    /** {@return where the pod goes, or why nowhere} */
    Decision decide(PodInfo pod) {
        if (snapshot.nodes().isEmpty()) {
            return new Decision.Unschedulable(FitError.NO_NODES, Set.of(), true);
        }
        NodeInfo nominated = nominated(pod);
        if (nominated != null && check(pod, nominated) == null) {
            return new Decision.Chosen(nominated);
        }
        var checks = checks(pod);
        var refusals = new ArrayList<Refusal>();
        Pinned pinned = pinned(pod);
        List<NodeInfo> feasible =
                pinned == null ? rotating(pod, checks, refusals) : checked(pod, pinned.nodes, checks, refusals);
        if (feasible.isEmpty()) {
            return afterwards(pod, refusals, pinned == null ? "" : pinned.reason);
        }
        return new Decision.Chosen(feasible.size() == 1 ? feasible.getFirst() : best(pod, feasible));
    }

    /** The node where others have left, or are leaving, for this pod. */
    private @Nullable NodeInfo nominated(PodInfo pod) {
        String name = pod.pod().status().nominatedNodeName();
        return name == null || name.isEmpty() ? null : snapshot.find(name);
    }

    private Decision afterwards(PodInfo pod, List<Refusal> refusals, String passedOver) {
        var refusedBy = new LinkedHashSet<FilterPlugin>();
        refusals.forEach(refusal -> refusedBy.add(refusal.by()));
        var helpless = new ArrayList<String>();
        int nodes = snapshot.nodes().size();
        boolean keepsNomination = true;
        for (PostFilterPlugin plugin : profile.postFilters()) {
            switch (plugin.postFilter(pod, refusals, trial)) {
                case Nominated room -> {
                    var error = FitError.of(refusals, passedOver, nodes, List.of());
                    return new Decision.MakingRoom(error, refusedBy, room);
                }
                case Hopeless hopeless -> {
                    helpless.add(hopeless.why());
                    keepsNomination &= hopeless.keepsNomination();
                }
            }
        }
        var error = FitError.of(refusals, passedOver, nodes, helpless);
        return new Decision.Unschedulable(error, refusedBy, keepsNomination);
    }

    /** {@return why the node does not take the pod as things are; null when it does} */
    @Nullable
    Refusal check(PodInfo pod, NodeInfo node) {
        return refusal(pod, checks(pod), node);
    }

    /** {@return the rules that keep the pod off all of these nodes; none when one of them takes it} */
    Set<FilterPlugin> refusers(PodInfo pod, List<NodeInfo> nodes) {
        var checks = checks(pod);
        var refusers = new LinkedHashSet<FilterPlugin>();
        for (NodeInfo node : nodes) {
            if (node.isPresent()) {
                Refusal refusal = refusal(pod, checks, node);
                if (refusal == null) {
                    return Set.of();
                }
                refusers.add(refusal.by());
            }
        }
        return refusers;
    }

    private record Check(FilterPlugin plugin, NodeFilter filter) {}

    private Check[] checks(PodInfo pod) {
        var checks = new ArrayList<Check>(profile.filters().size());
        for (FilterPlugin plugin : profile.filters()) {
            NodeFilter filter = plugin.filterFor(pod);
            if (filter != null) {
                checks.add(new Check(plugin, filter));
            }
        }
        return checks.toArray(Check[]::new);
    }

    private @Nullable Refusal refusal(PodInfo pod, Check[] checks, NodeInfo node) {
        List<PodInfo> nominated = nominations.isEmpty() ? List.of() : nominations.atLeastAsImportant(pod, node.name());
        if (!nominated.isEmpty()) {
            Refusal refusal = refusalBeside(nominated, pod, node);
            if (refusal != null) {
                return refusal;
            }
        }
        // Also without them: they may never come, and the pod may want to be near one of them.
        return refusal(checks, node);
    }

    private @Nullable Refusal refusalBeside(List<PodInfo> nominated, PodInfo pod, NodeInfo node) {
        List<PlacedPod> beside = nominated.stream().map(PodInfo::placed).toList();
        beside.forEach(other -> snapshot.add(other, node));
        try {
            return refusal(checks(pod), node);
        } finally {
            beside.forEach(other -> snapshot.remove(other, node));
        }
    }

    private static @Nullable Refusal refusal(Check[] checks, NodeInfo node) {
        for (Check check : checks) {
            Rejection rejection = check.filter.check(node);
            if (rejection != null) {
                return new Refusal(node, check.plugin, rejection);
            }
        }
        return null;
    }

    private record Pinned(List<NodeInfo> nodes, String reason) {}

    /** The only nodes worth a look; null when that is all of them. */
    private @Nullable Pinned pinned(PodInfo pod) {
        Set<String> names = null;
        var plugins = new TreeSet<String>();
        for (FilterPlugin plugin : profile.filters()) {
            Set<String> only = plugin.onlyNodes(pod);
            if (only != null) {
                plugins.add(plugin.name());
                if (names == null) {
                    names = new LinkedHashSet<>(new TreeSet<>(only));
                } else {
                    names.retainAll(only);
                }
            }
        }
        if (names == null) {
            return null;
        }
        var nodes = new ArrayList<NodeInfo>(names.size());
        for (String name : names) {
            NodeInfo node = snapshot.find(name);
            if (node != null) {
                nodes.add(node);
            }
        }
        return new Pinned(nodes, "node(s) didn't satisfy plugin(s) [" + String.join(" ", plugins) + "]");
    }

    private List<NodeInfo> checked(PodInfo pod, List<NodeInfo> nodes, Check[] checks, List<Refusal> refusals) {
        var feasible = new ArrayList<NodeInfo>(nodes.size());
        for (NodeInfo node : nodes) {
            Refusal refusal = refusal(pod, checks, node);
            if (refusal == null) {
                feasible.add(node);
            } else {
                refusals.add(refusal);
            }
        }
        return feasible;
    }

    private List<NodeInfo> rotating(PodInfo pod, Check[] checks, List<Refusal> refusals) {
        List<NodeInfo> nodes = snapshot.nodes();
        int count = nodes.size();
        int wanted = profile.feasibleNodesToFind(count);
        var feasible = new ArrayList<NodeInfo>(wanted);
        int start = nextStart < count ? nextStart : 0;
        int looked = 0;
        int index = start;
        while (looked < count && feasible.size() < wanted) {
            NodeInfo node = nodes.get(index);
            Refusal refusal = refusal(pod, checks, node);
            if (refusal == null) {
                feasible.add(node);
            } else {
                refusals.add(refusal);
            }
            looked++;
            index = index + 1 == count ? 0 : index + 1;
        }
        nextStart = index;
        return feasible;
    }

    private NodeInfo best(PodInfo pod, List<NodeInfo> feasible) {
        var totals = new long[feasible.size()];
        var scores = new long[feasible.size()];
        for (ScorePlugin plugin : profile.scores()) {
            NodeScorer scorer = plugin.scorerFor(pod, feasible);
            if (scorer == null) {
                continue;
            }
            for (int i = 0; i < scores.length; i++) {
                scores[i] = scorer.score(feasible.get(i));
            }
            scorer.normalize(scores);
            for (int i = 0; i < scores.length; i++) {
                totals[i] += scores[i] * plugin.weight();
            }
        }
        int best = 0;
        int equals = 1;
        for (int i = 1; i < totals.length; i++) {
            if (totals[i] > totals[best]) {
                best = i;
                equals = 1;
            } else if (totals[i] == totals[best] && random.nextInt(++equals) == 0) {
                best = i;
            }
        }
        return feasible.get(best);
    }
}
