package dev.orchestrator.runtime.handle;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import dev.orchestrator.api.ApiException;
import dev.orchestrator.api.model.ResourceTypes;
import dev.orchestrator.api.model.Selector;
import dev.orchestrator.api.model.core.Pod;
import dev.orchestrator.api.model.core.PodBuilder;
import dev.orchestrator.api.model.core.PodConditionBuilder;
import dev.orchestrator.api.model.core.PodStatusBuilder;
import dev.orchestrator.api.model.meta.Condition;
import dev.orchestrator.api.model.meta.DeleteOptions;
import dev.orchestrator.api.model.meta.DeleteOptionsBuilder;
import dev.orchestrator.api.model.meta.Preconditions;
import dev.orchestrator.api.model.meta.StatusCause;
import dev.orchestrator.api.model.meta.StatusDetailsBuilder;
import dev.orchestrator.api.model.policy.PodDisruptionBudget;
import dev.orchestrator.api.model.policy.PodDisruptionBudgetBuilder;
import dev.orchestrator.api.model.policy.PodDisruptionBudgetStatus;
import dev.orchestrator.api.model.policy.PodDisruptionBudgetStatusBuilder;
import dev.orchestrator.runtime.store.WriteRequest;
import dev.orchestrator.runtime.store.WriteRequest.Subresource;

/**
 * Deletes pods as far as disruption budgets let it.
 *
 * <p>What a budget allows is in its status, where its controller puts it. An eviction takes one of that in the same
 * write that notes the pod as disrupted: of two evictions at the same time the second one counts the first.
 */
public final class Evictions {

    private static final String DISRUPTION_TARGET = "DisruptionTarget";
    private static final String DISRUPTION_ALLOWED = "DisruptionAllowed";
    /** So that the status does not grow without end when nobody confirms evictions. */
    private static final int MOST_DISRUPTED = 2000;

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
     * @param request how the writes are meant: those of the pod and that of its budget
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
            for (PodDisruptionBudget budget : budgets) {
                if (pod.isReady() || !mayGoUnready(budget)) {
                    charge(budget, pod, request);
                }
            }
        }
        context.store().delete(ResourceTypes.POD, pod.key(), announced(pod, options, request), request);
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
                .filter(budget -> Selector.of(budget.spec().selector())
                        .matches(pod.metadata().labels()))
                .toList();
    }

    /** A pod that is not ready does not count, so its loss costs nothing; the policy says when that is good enough. */
    private static boolean mayGoUnready(PodDisruptionBudget budget) {
        PodDisruptionBudgetStatus status = budget.status();
        return "AlwaysAllow".equals(budget.spec().unhealthyPodEvictionPolicy())
                || (status.desiredHealthy() > 0 && status.currentHealthy() >= status.desiredHealthy());
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
        PodDisruptionBudgetStatus status = budget.status();
        String name = budget.key().name();
        if (status.observedGeneration() < budget.metadata().generation()) {
            throw refused("The disruption budget " + name + " is still being processed by the server.");
        }
        if (status.disruptedPods().size() > MOST_DISRUPTED) {
            throw ApiException.of(
                    ApiException.Reason.FORBIDDEN,
                    "poddisruptionbudgets.policy \"" + name
                            + "\" is forbidden: DisruptedPods map too big - too many evictions not confirmed by PDB"
                            + " controller");
        }
        if (status.disruptionsAllowed() < 1) {
            throw refused(why(budget));
        }
        Instant now = context.time().instant();
        Map<String, Instant> disrupted = new HashMap<>(status.disruptedPods());
        disrupted.put(pod.key().name(), now.truncatedTo(ChronoUnit.SECONDS));
        int left = status.disruptionsAllowed() - 1;
        var charged = PodDisruptionBudgetStatusBuilder.builder(status)
                .disruptedPods(disrupted)
                .disruptionsAllowed(left);
        if (left == 0) {
            charged.conditions(exhausted(budget, now));
        }
        return charged.build();
    }

    private static List<Condition> exhausted(PodDisruptionBudget budget, Instant now) {
        var conditions = new ArrayList<>(budget.status().conditions());
        conditions.removeIf(condition -> condition.type().equals(DISRUPTION_ALLOWED));
        conditions.add(new Condition(
                now.truncatedTo(ChronoUnit.SECONDS),
                "",
                budget.status().observedGeneration(),
                "InsufficientPods",
                "False",
                DISRUPTION_ALLOWED));
        return conditions;
    }

    private static String why(PodDisruptionBudget budget) {
        PodDisruptionBudgetStatus status = budget.status();
        String name = "The disruption budget " + budget.key().name();
        for (Condition condition : status.conditions()) {
            if (condition.type().equals(DISRUPTION_ALLOWED)
                    && condition.reason().equals("SyncFailed")
                    && condition.status().equals("False")) {
                return name + " does not allow evicting pods currently because it failed sync: " + condition.message();
            }
        }
        return name + " needs " + status.desiredHealthy() + " healthy pods and has " + status.currentHealthy()
                + " currently";
    }

    private static ApiException refused(String why) {
        return ApiException.of(
                ApiException.Reason.TOO_MANY_REQUESTS,
                "Cannot evict pod as it would violate the pod's disruption budget.",
                StatusDetailsBuilder.builder()
                        .causes(List.of(new StatusCause(null, why, "DisruptionBudget")))
                        .build(),
                null);
    }

    /** Says on the pod why it goes; {@return how to delete it after that} */
    private DeleteOptions announced(Pod pod, DeleteOptions options, WriteRequest request) {
        Preconditions conditions = options.preconditions();
        String version = conditions == null ? null : conditions.resourceVersion();
        Pod marked = context.store().edit(ResourceTypes.POD, pod.key(), request.on(Subresource.STATUS), present -> {
            boolean isMeant =
                    present.metadata().uidOrEmpty().equals(pod.metadata().uidOrEmpty())
                            && (version == null
                                    || version.equals(present.metadata().resourceVersion()));
            return isMeant ? marked(present) : present;
        });
        if (conditions == null
                || version == null
                || request.dryRun()
                || !version.equals(pod.metadata().resourceVersion())) {
            return options;
        }
        return DeleteOptionsBuilder.builder(options)
                .preconditions(new Preconditions(marked.metadata().resourceVersion(), conditions.uid()))
                .build();
    }

    private Pod marked(Pod pod) {
        var conditions = new ArrayList<>(pod.status().conditions());
        boolean isKnown = conditions.stream()
                .anyMatch(condition -> condition.type().equals(DISRUPTION_TARGET)
                        && condition.status().equals("True")
                        && "EvictionByEvictionAPI".equals(condition.reason()));
        if (isKnown) {
            return pod;
        }
        conditions.removeIf(condition -> condition.type().equals(DISRUPTION_TARGET));
        conditions.add(PodConditionBuilder.builder()
                .type(DISRUPTION_TARGET)
                .status("True")
                .reason("EvictionByEvictionAPI")
                .message("Eviction API: evicting")
                .lastTransitionTime(context.time().instant().truncatedTo(ChronoUnit.SECONDS))
                .observedGeneration(
                        pod.metadata().generation() == 0 ? null : pod.metadata().generation())
                .build());
        return PodBuilder.builder(pod)
                .status(PodStatusBuilder.builder(pod.status())
                        .conditions(conditions)
                        .build())
                .build();
    }
}
