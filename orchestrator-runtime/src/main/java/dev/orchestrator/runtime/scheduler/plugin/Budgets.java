package dev.orchestrator.runtime.scheduler.plugin;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import dev.orchestrator.api.model.ObjectKey;
import dev.orchestrator.api.model.Selector;
import dev.orchestrator.api.model.policy.PodDisruptionBudget;
import dev.orchestrator.runtime.scheduler.framework.PlacedPod;
import dev.orchestrator.runtime.scheduler.framework.Trial;

/** Tells the pods whose loss a disruption budget does not allow. */
final class Budgets {

    /** Victims whose loss would violate a budget, and the others, each in the order in which they were given. */
    record Split(List<Victim> violating, List<Victim> others) {}

    private record Budget(PodDisruptionBudget budget, Selector selector) {}

    private final Trial trial;
    private final Map<String, List<Budget>> byNamespace = new HashMap<>();

    Budgets(Trial trial) {
        this.trial = trial;
    }

    private List<Budget> of(String namespace) {
        return byNamespace.computeIfAbsent(
                namespace,
                name -> trial.budgets(name).stream()
                        .map(budget ->
                                new Budget(budget, Selector.of(budget.spec().selector())))
                        .filter(budget -> !budget.selector.requirements().isEmpty())
                        .toList());
    }

    /** Lets all victims go one after the other, and sees where a budget is used up. */
    Split split(List<Victim> victims) {
        var violating = new ArrayList<Victim>();
        var others = new ArrayList<Victim>();
        var used = new HashMap<ObjectKey, Integer>();
        for (Victim victim : victims) {
            (violates(victim.pod(), used) ? violating : others).add(victim);
        }
        return new Split(violating, others);
    }

    private boolean violates(PlacedPod pod, Map<ObjectKey, Integer> used) {
        boolean isViolated = false;
        for (Budget each : of(pod.key().namespace())) {
            var status = each.budget.status();
            boolean isProtected = !pod.selectable().labels().isEmpty()
                    && each.selector.matches(pod.selectable().labels())
                    && !status.disruptedPods().containsKey(pod.key().name());
            if (isProtected) {
                isViolated |= used.merge(each.budget.key(), 1, Integer::sum) > status.disruptionsAllowed();
            }
        }
        return isViolated;
    }
}
