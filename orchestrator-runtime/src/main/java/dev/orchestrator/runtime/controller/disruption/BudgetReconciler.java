package dev.orchestrator.runtime.controller.disruption;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

import dev.orchestrator.api.ApiException;
import dev.orchestrator.api.ApiException.Reason;
import dev.orchestrator.api.model.ObjectKey;
import dev.orchestrator.api.model.ResourceTypes;
import dev.orchestrator.api.model.Selector;
import dev.orchestrator.api.model.core.Pod;
import dev.orchestrator.api.model.policy.PodDisruptionBudget;
import dev.orchestrator.api.model.policy.PodDisruptionBudgetBuilder;
import dev.orchestrator.runtime.loop.EventRecorder;
import dev.orchestrator.runtime.loop.Outcome;
import dev.orchestrator.runtime.loop.Reconciler;
import dev.orchestrator.runtime.store.ObjectStore;
import dev.orchestrator.runtime.store.WriteRequest;

/** Counts the pods of one budget and reports what it allows. */
final class BudgetReconciler implements Reconciler<ObjectKey> {

    static final String COMPONENT = "controllermanager";
    private static final int ATTEMPTS = 5;

    private final ObjectStore store;
    private final InstantSource time;
    private final EventRecorder events;
    private final Scales scales;
    private final WriteRequest request = WriteRequest.ofController("disruption-controller");

    BudgetReconciler(ObjectStore store, InstantSource time, EventRecorder events) {
        this.store = store;
        this.time = time;
        this.events = events;
        this.scales = new Scales(store);
    }

    @Override
    public Outcome reconcile(ObjectKey key) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Optional<PodDisruptionBudget> budget = store.find(ResourceTypes.POD_DISRUPTION_BUDGET, key);
            if (budget.isEmpty()) {
                return Outcome.done();
            }
            try {
                return reconcile(budget.get());
            } catch (ApiException e) {
                if (e.reason() != Reason.CONFLICT && e.reason() != Reason.NOT_FOUND) {
                    throw e;
                }
                // An eviction came in between and has used some of what was allowed: count again.
            }
        }
        return Outcome.retry();
    }

    private Outcome reconcile(PodDisruptionBudget budget) {
        List<Pod> pods = store.matching(
                ResourceTypes.POD,
                budget.metadata().namespaceOrEmpty(),
                Selector.of(budget.spec().selector()));
        Instant now = time.instant();
        Budget counted = Budget.of(budget, pods, scales::of, now);
        if (!counted.status().equals(budget.status())) {
            store.update(
                    PodDisruptionBudgetBuilder.builder(budget)
                            .status(counted.status())
                            .build(),
                    request.on(WriteRequest.Subresource.STATUS));
        }
        tell(budget, pods, counted);
        if (counted.wrong() != null) {
            return Outcome.retry();
        }
        return counted.recheck()
                .map(due -> Outcome.after(Duration.between(now, due)))
                .orElseGet(Outcome::done);
    }

    private void tell(PodDisruptionBudget budget, List<Pod> pods, Budget counted) {
        if (pods.isEmpty()) {
            events.event(budget, "Normal", "NoPods", "No matching pods found", COMPONENT);
        }
        if (counted.wrong() != null) {
            events.event(
                    budget,
                    "Warning",
                    "CalculateExpectedPodCountFailed",
                    "Failed to calculate the number of expected pods: " + counted.wrong(),
                    COMPONENT);
        }
        if (!counted.unmanaged().isEmpty()) {
            events.event(
                    budget,
                    "Warning",
                    "UnmanagedPods",
                    "Pods selected by this PodDisruptionBudget (selector: "
                            + Selector.of(budget.spec().selector())
                            + ") were found to be unmanaged. As a result, the status of the PDB cannot be calculated"
                            + " correctly, which may result in undefined behavior. To account for these pods please"
                            + " set \".spec.minAvailable\" field of the PDB to an integer value.",
                    COMPONENT);
        }
        for (Pod pod : counted.undeleted()) {
            events.event(
                    pod,
                    "Warning",
                    "NotDeleted",
                    "Pod was expected by PDB " + budget.key() + " to be deleted but it wasn't",
                    COMPONENT);
        }
    }
}
