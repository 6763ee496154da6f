package dev.orchestrator.runtime.handle;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.orchestrator.api.ApiException;
import dev.orchestrator.api.model.IntOrString;
import dev.orchestrator.api.model.ResourceTypes;
import dev.orchestrator.api.model.Selector;
import dev.orchestrator.api.model.core.Pod;
import dev.orchestrator.api.model.meta.DeleteOptions;
import dev.orchestrator.api.model.meta.OwnerReference;
import dev.orchestrator.api.model.meta.StatusCause;
import dev.orchestrator.api.model.meta.StatusDetailsBuilder;
import dev.orchestrator.api.model.policy.PodDisruptionBudget;
import dev.orchestrator.api.model.policy.PodDisruptionBudgetBuilder;
import dev.orchestrator.api.model.policy.PodDisruptionBudgetStatus;
import dev.orchestrator.api.model.policy.PodDisruptionBudgetStatusBuilder;
import dev.orchestrator.runtime.store.ObjectStore;
import dev.orchestrator.runtime.store.WriteRequest;
import dev.orchestrator.runtime.store.WriteRequest.Subresource;

/**
 * Deletes pods as far as disruption budgets let it.
 *
 * <p>The budget is counted at the moment of the eviction, in the same write that notes the pod as disrupted: of two
 * evictions at the same time the second one counts the first.
 */
public final class Evictions {

    /** How long a pod counts as disrupted whose deletion is never seen, as in Kubernetes. */
    private static final Duration DISRUPTION_TIMEOUT = Duration.ofMinutes(2);

    private final HandleContext context;

    /** Evicts pods of a cluster. */
    public Evictions(HandleContext context) {
        this.context = context;
    }

    /**
     * Deletes a pod unless a budget forbids it.
     *
     * @throws ApiException with reason {@code TOO_MANY_REQUESTS} if one does
     */
    void evict(Pod pod, DeleteOptions options) {
        evict(pod, options, HandleContext.WRITE);
    }

    /**
     * Deletes a pod unless a budget forbids it.
     *
     * @param request how both writes are meant: that of the pod and that of its budget
     * @throws ApiException with reason {@code TOO_MANY_REQUESTS} if a budget forbids it, and as a deletion does
     */
    public void evict(Pod pod, DeleteOptions options, WriteRequest request) {
        if (isCounted(pod)) {
            List<PodDisruptionBudget> budgets = budgets(pod);
            if (budgets.size() > 1) {
                throw ApiException.of(
                        ApiException.Reason.INTERNAL_ERROR,
                        "This pod has more than one PodDisruptionBudget, which the eviction subresource does not"
                                + " support.");
            }
            budgets.forEach(budget -> charge(budget, pod, request));
        }
        context.store().delete(ResourceTypes.POD, pod.key(), options, request);
    }

    // A pod that has ended, has not begun or is on its way out serves nobody.
    private static boolean isCounted(Pod pod) {
        return !pod.isFinished()
                && !"Pending".equals(pod.status().phase())
                && !pod.metadata().isTerminating();
    }

    private List<PodDisruptionBudget> budgets(Pod pod) {
        return context
                .store()
                .list(ResourceTypes.POD_DISRUPTION_BUDGET, pod.key().namespace())
                .stream()
                .filter(budget -> selector(budget).matches(pod.metadata().labels()))
                .toList();
    }

    private static Selector selector(PodDisruptionBudget budget) {
        return Selector.of(budget.spec().selector());
    }

    private void charge(PodDisruptionBudget budget, Pod pod, WriteRequest request) {
        context.store()
                .edit(
                        ResourceTypes.POD_DISRUPTION_BUDGET,
                        budget.key(),
                        request.on(Subresource.STATUS),
                        present -> PodDisruptionBudgetBuilder.builder(present)
                                .status(charged(present, pod))
                                .build());
    }

    private PodDisruptionBudgetStatus charged(PodDisruptionBudget budget, Pod pod) {
        PodDisruptionBudgetStatus counted = count(budget);
        if (!pod.isReady() && mayGoUnready(budget, counted)) {
            return counted;
        }
        if (counted.disruptionsAllowed() < 1) {
            throw refused(budget, counted);
        }
        Map<String, Instant> disrupted = new HashMap<>(counted.disruptedPods());
        disrupted.put(pod.key().name(), context.time().instant());
        return PodDisruptionBudgetStatusBuilder.builder(counted)
                .disruptedPods(disrupted)
                .disruptionsAllowed(counted.disruptionsAllowed() - 1)
                .build();
    }

    private static boolean mayGoUnready(PodDisruptionBudget budget, PodDisruptionBudgetStatus counted) {
        return "AlwaysAllow".equals(budget.spec().unhealthyPodEvictionPolicy())
                || (counted.desiredHealthy() > 0 && counted.currentHealthy() >= counted.desiredHealthy());
    }

    private static ApiException refused(PodDisruptionBudget budget, PodDisruptionBudgetStatus counted) {
        String why = "The disruption budget " + budget.key().name() + " needs " + counted.desiredHealthy()
                + " healthy pods and has " + counted.currentHealthy() + " currently";
        return ApiException.of(
                ApiException.Reason.TOO_MANY_REQUESTS,
                "Cannot evict pod as it would violate the pod's disruption budget.",
                StatusDetailsBuilder.builder()
                        .causes(List.of(new StatusCause(null, why, "DisruptionBudget")))
                        .build(),
                null);
    }

    /** {@return what a budget allows as its pods are now} */
    private PodDisruptionBudgetStatus count(PodDisruptionBudget budget) {
        ObjectStore store = context.store();
        List<Pod> pods = store.matching(ResourceTypes.POD, budget.key().namespace(), selector(budget)).stream()
                .filter(pod -> !pod.isFinished())
                .toList();
        Map<String, Instant> disrupted = stillDisrupted(budget, pods);
        int healthy = (int) pods.stream()
                .filter(pod -> pod.isReady()
                        && !pod.metadata().isTerminating()
                        && !disrupted.containsKey(pod.key().name()))
                .count();
        int expected = pods.size();
        int desired;
        IntOrString most = budget.spec().maxUnavailable();
        IntOrString least = budget.spec().minAvailable();
        if (most != null) {
            expected = wanted(pods);
            desired = Math.max(0, expected - most.scaledUp(expected));
        } else if (least != null && least.percent().isPresent()) {
            expected = wanted(pods);
            desired = least.scaledUp(expected);
        } else {
            desired = least == null ? 0 : least.scaledUp(expected);
        }
        return PodDisruptionBudgetStatusBuilder.builder(budget.status())
                .currentHealthy(healthy)
                .desiredHealthy(desired)
                .expectedPods(expected)
                .disruptedPods(disrupted)
                .disruptionsAllowed(expected == 0 ? 0 : Math.max(0, healthy - desired))
                .observedGeneration(budget.metadata().generation())
                .build();
    }

    private Map<String, Instant> stillDisrupted(PodDisruptionBudget budget, List<Pod> pods) {
        Instant since = context.time().instant().minus(DISRUPTION_TIMEOUT);
        var disrupted = new HashMap<String, Instant>();
        for (Pod pod : pods) {
            Instant evicted = budget.status().disruptedPods().get(pod.key().name());
            if (evicted != null && !pod.metadata().isTerminating() && evicted.isAfter(since)) {
                disrupted.put(pod.key().name(), evicted);
            }
        }
        return disrupted;
    }

    /** {@return how many pods the owners of these want together; pods without owner want nothing} */
    private int wanted(List<Pod> pods) {
        int wanted = 0;
        var owners = new HashSet<String>();
        for (Pod pod : pods) {
            Optional<PodOwners.Scaled> owner = pod.metadata()
                    .controller()
                    .flatMap((OwnerReference reference) ->
                            PodOwners.scaled(context.store(), pod.key().namespace(), reference));
            if (owner.isPresent() && owners.add(owner.get().uid())) {
                wanted += owner.get().replicas();
            }
        }
        return wanted;
    }
}
