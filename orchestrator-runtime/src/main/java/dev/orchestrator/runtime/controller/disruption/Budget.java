package dev.orchestrator.runtime.controller.disruption;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

import dev.orchestrator.api.model.IntOrString;
import dev.orchestrator.api.model.core.Pod;
import dev.orchestrator.api.model.meta.Condition;
import dev.orchestrator.api.model.policy.PodDisruptionBudget;
import dev.orchestrator.api.model.policy.PodDisruptionBudgetStatus;
import dev.orchestrator.api.model.policy.PodDisruptionBudgetStatusBuilder;
import org.jspecify.annotations.Nullable;

/**
 * What a budget allows at a moment.
 *
 * @param status the status that says so
 * @param unmanaged pods that nobody controls though the budget asks their controllers
 * @param undeleted pods that were to be deleted and are still there
 * @param recheck when a pod that is to be deleted counts as one that stays
 * @param wrong why the budget can not be counted; null when it can
 */
record Budget(
        PodDisruptionBudgetStatus status,
        List<String> unmanaged,
        List<Pod> undeleted,
        Optional<Instant> recheck,
        @Nullable String wrong) {

    static final String DISRUPTION_ALLOWED = "DisruptionAllowed";

    /** How long a pod counts as disrupted whose deletion is never seen. */
    static final Duration PATIENCE = Duration.ofMinutes(2);

    /** How many pods there are to be and how many of them at least healthy. */
    private record Demand(int expected, int healthy) {}

    /** Counts the pods; reads no clock and changes nothing. */
    static Budget of(
            PodDisruptionBudget budget, List<Pod> pods, Function<List<Pod>, Scales.Wanted> scales, Instant now) {
        IntOrString most = budget.spec().maxUnavailable();
        IntOrString least = budget.spec().minAvailable();
        Demand demand;
        List<String> unmanaged = List.of();
        if (most != null || (least != null && least.percent().isPresent())) {
            Scales.Wanted wanted = scales.apply(pods);
            if (wanted.wrong() != null) {
                return failed(budget, wanted.wrong(), now);
            }
            unmanaged = wanted.unmanaged();
            demand = demand(most, least, wanted.pods());
        } else {
            demand = new Demand(pods.size(), least == null ? 0 : least.scaledUp(pods.size()));
        }
        return counted(budget, pods, demand, unmanaged, now);
    }

    private static Demand demand(@Nullable IntOrString most, @Nullable IntOrString least, int wanted) {
        if (most != null) {
            return new Demand(wanted, Math.max(0, wanted - most.scaledUp(wanted)));
        }
        return new Demand(wanted, least == null ? 0 : least.scaledUp(wanted));
    }

    private static Budget counted(
            PodDisruptionBudget budget, List<Pod> pods, Demand demand, List<String> unmanaged, Instant now) {
        Map<String, Instant> disrupted = new HashMap<>();
        List<Pod> undeleted = new ArrayList<>();
        int healthy = 0;
        for (Pod pod : pods) {
            if (pod.metadata().isTerminating()) {
                continue;
            }
            Instant since = budget.status().disruptedPods().get(pod.key().name());
            if (since != null && since.plus(PATIENCE).isAfter(now)) {
                disrupted.put(pod.key().name(), since);
                continue;
            }
            healthy += pod.isReady() ? 1 : 0;
            if (since != null) {
                undeleted.add(pod);
            }
        }
        int allowed = demand.expected <= 0 ? 0 : Math.max(0, healthy - demand.healthy);
        boolean isEnough = allowed > 0;
        var status = PodDisruptionBudgetStatusBuilder.builder(budget.status())
                .currentHealthy(healthy)
                .desiredHealthy(demand.healthy)
                .expectedPods(demand.expected)
                .disruptionsAllowed(allowed)
                .disruptedPods(disrupted)
                .observedGeneration(budget.metadata().generation())
                .conditions(conditions(budget, isEnough, isEnough ? "SufficientPods" : "InsufficientPods", "", now))
                .build();
        Optional<Instant> recheck =
                disrupted.values().stream().min(Instant::compareTo).map(since -> since.plus(PATIENCE));
        return new Budget(status, unmanaged, undeleted, recheck, null);
    }

    /** Nothing is allowed as long as nobody knows what would be left. */
    private static Budget failed(PodDisruptionBudget budget, String wrong, Instant now) {
        var status = PodDisruptionBudgetStatusBuilder.builder(budget.status())
                .disruptionsAllowed(0)
                .conditions(conditions(budget, false, "SyncFailed", wrong, now))
                .build();
        return new Budget(status, List.of(), List.of(), Optional.empty(), wrong);
    }

    private static List<Condition> conditions(
            PodDisruptionBudget budget, boolean isAllowed, String reason, String message, Instant now) {
        String status = isAllowed ? "True" : "False";
        var conditions = new ArrayList<Condition>();
        @Nullable Instant since = now.truncatedTo(ChronoUnit.SECONDS);
        for (Condition present : budget.status().conditions()) {
            if (!present.type().equals(DISRUPTION_ALLOWED)) {
                conditions.add(present);
            } else if (present.status().equals(status)) {
                since = present.lastTransitionTime();
            }
        }
        conditions.add(
                new Condition(since, message, budget.metadata().generation(), reason, status, DISRUPTION_ALLOWED));
        return conditions;
    }
}
