package dev.orchestrator.api.model.policy;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import dev.orchestrator.api.collect.Immutables;
import dev.orchestrator.api.model.Model;
import dev.orchestrator.api.model.meta.Condition;

/** How many pods a disruption budget allows to take away now. */
@Model
public record PodDisruptionBudgetStatus(
        List<Condition> conditions,
        int currentHealthy,
        int desiredHealthy,
        Map<String, Instant> disruptedPods,
        int disruptionsAllowed,
        int expectedPods,
        long observedGeneration) {

    /** With nothing set. */
    public static final PodDisruptionBudgetStatus EMPTY =
            PodDisruptionBudgetStatusBuilder.builder().build();

    /** Copies the collections and fills in what Kubernetes never leaves absent. */
    public PodDisruptionBudgetStatus {
        conditions = Immutables.list(conditions);
        disruptedPods = Immutables.map(disruptedPods);
    }
}
