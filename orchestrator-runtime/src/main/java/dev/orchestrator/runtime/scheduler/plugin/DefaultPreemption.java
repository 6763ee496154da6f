package dev.orchestrator.runtime.scheduler.plugin;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

import dev.orchestrator.api.model.core.Pod;
import dev.orchestrator.api.model.core.PodCondition;
import dev.orchestrator.runtime.scheduler.framework.NodeInfo;
import dev.orchestrator.runtime.scheduler.framework.PlacedPod;
import dev.orchestrator.runtime.scheduler.framework.PodInfo;
import dev.orchestrator.runtime.scheduler.framework.PostFilterPlugin;
import dev.orchestrator.runtime.scheduler.framework.Refusal;
import dev.orchestrator.runtime.scheduler.framework.Trial;
import dev.orchestrator.runtime.scheduler.framework.Unavailable;
import org.jspecify.annotations.Nullable;

/**
 * Makes room for a pod by removing less important ones from one node.
 *
 * <p>On each node that could help, all less important pods are taken away, and as many as possible are put back, the
 * most important first; what can not come back is the price of that node. The cheapest node is chosen.
 */
public final class DefaultPreemption implements PostFilterPlugin {

    private static final String PREFIX = "preemption: ";
    private static final String NOT_HELPFUL = "Preemption is not helpful for scheduling";
    private static final String NO_VICTIMS = "No preemption victims found for incoming pod";
    private static final int MIN_CANDIDATES = 100;
    private static final int CANDIDATE_PERCENTAGE = 10;

    private final SplittableRandom random;

    /**
     * Creates the rule.
     *
     * @param seed decides at which node the search begins
     */
    public DefaultPreemption(long seed) {
        this.random = new SplittableRandom(seed);
    }

    @Override
    public String name() {
        return "DefaultPreemption";
    }

    @Override
    public Outcome postFilter(PodInfo pod, List<Refusal> refusals, Trial trial) {
        String ineligible = ineligible(pod, refusals, trial);
        if (ineligible != null) {
            return new Outcome.Hopeless(PREFIX + ineligible, true);
        }
        List<NodeInfo> promising = refusals.stream()
                .filter(refusal -> refusal.why().resolvable())
                .map(Refusal::node)
                .toList();
        var unavailable = new Unavailable(trial.nodeCount());
        unavailable.count(NOT_HELPFUL, trial.nodeCount() - promising.size());
        Price best = cheapest(pod, promising, trial, unavailable);
        return best == null
                ? new Outcome.Hopeless(PREFIX + unavailable.message(), false)
                : new Outcome.Nominated(best.node(), best.pods());
    }

    private static @Nullable String ineligible(PodInfo pod, List<Refusal> refusals, Trial trial) {
        if ("Never".equals(pod.spec().preemptionPolicy())) {
            return "not eligible due to preemptionPolicy=Never.";
        }
        String nominated = pod.pod().status().nominatedNodeName();
        NodeInfo node = nominated == null || nominated.isEmpty() ? null : trial.find(nominated);
        if (node == null || isLost(node, refusals)) {
            return null;
        }
        for (PlacedPod other : node.pods()) {
            if (other.priority() < pod.priority() && isBeingPreempted(trial.stored(other))) {
                return "not eligible due to a terminating pod on the nominated node.";
            }
        }
        return null;
    }

    /** The room that was made is of no use any more: the node refuses the pod for something else. */
    private static boolean isLost(NodeInfo nominated, List<Refusal> refusals) {
        for (Refusal refusal : refusals) {
            if (refusal.node().equals(nominated)) {
                return !refusal.why().resolvable();
            }
        }
        return true;
    }

    private static boolean isBeingPreempted(@Nullable Pod pod) {
        if (pod == null || !pod.metadata().isTerminating()) {
            return false;
        }
        PodCondition condition = pod.condition("DisruptionTarget").orElse(null);
        return condition != null
                && condition.status().equals("True")
                && "PreemptionByScheduler".equals(condition.reason());
    }

    private @Nullable Price cheapest(PodInfo pod, List<NodeInfo> nodes, Trial trial, Unavailable unavailable) {
        if (nodes.isEmpty()) {
            return null;
        }
        int wanted = Math.max(MIN_CANDIDATES, nodes.size() * CANDIDATE_PERCENTAGE / 100);
        int start = random.nextInt(nodes.size());
        var budgets = new Budgets(trial);
        var found = new ArrayList<Price>();
        boolean respectsBudgets = false;
        for (int i = 0; i < nodes.size(); i++) {
            NodeInfo node = nodes.get((start + i) % nodes.size());
            Price price = priceOf(pod, node, trial, budgets, unavailable);
            if (price != null) {
                found.add(price);
                respectsBudgets |= price.violations() == 0;
            }
            if (respectsBudgets && found.size() >= wanted) {
                break;
            }
        }
        return Price.least(found);
    }

    private static @Nullable Price priceOf(
            PodInfo pod, NodeInfo node, Trial trial, Budgets budgets, Unavailable unavailable) {
        var lesser = new ArrayList<Victim>();
        for (PlacedPod other : node.pods()) {
            if (other.priority() < pod.priority()) {
                lesser.add(Victim.of(other, trial.stored(other)));
            }
        }
        if (lesser.isEmpty()) {
            unavailable.count(NO_VICTIMS, 1);
            return null;
        }
        lesser.sort(Victim.MORE_IMPORTANT_FIRST);
        var absent = new ArrayList<PlacedPod>();
        try {
            for (Victim victim : lesser) {
                trial.remove(victim.pod(), node);
                absent.add(victim.pod());
            }
            Refusal refusal = trial.check(pod, node);
            if (refusal != null) {
                unavailable.count(refusal.why());
                return null;
            }
            return reprieve(pod, node, trial, budgets.split(lesser), absent);
        } finally {
            absent.forEach(victim -> trial.add(victim, node));
        }
    }

    /** Puts back who can come back, those first whom a budget protects. */
    private static @Nullable Price reprieve(
            PodInfo pod, NodeInfo node, Trial trial, Budgets.Split victims, List<PlacedPod> absent) {
        var gone = new ArrayList<Victim>();
        for (Victim victim : victims.violating()) {
            if (!canStay(pod, node, trial, victim, absent)) {
                gone.add(victim);
            }
        }
        int violations = gone.size();
        for (Victim victim : victims.others()) {
            if (!canStay(pod, node, trial, victim, absent)) {
                gone.add(victim);
            }
        }
        gone.sort(Victim.MORE_IMPORTANT_FIRST);
        return gone.isEmpty() ? null : new Price(node, gone, violations);
    }

    private static boolean canStay(PodInfo pod, NodeInfo node, Trial trial, Victim victim, List<PlacedPod> absent) {
        trial.add(victim.pod(), node);
        absent.remove(victim.pod());
        if (trial.check(pod, node) == null) {
            return true;
        }
        trial.remove(victim.pod(), node);
        absent.add(victim.pod());
        return false;
    }
}
