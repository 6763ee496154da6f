package dev.orchestrator.runtime.controller.disruption;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Optional;

import dev.orchestrator.api.ApiException;
import dev.orchestrator.api.ApiException.Reason;
import dev.orchestrator.api.model.ObjectKey;
import dev.orchestrator.api.model.ResourceTypes;
import dev.orchestrator.api.model.core.Pod;
import dev.orchestrator.api.model.core.PodBuilder;
import dev.orchestrator.api.model.core.PodCondition;
import dev.orchestrator.api.model.core.PodConditionBuilder;
import dev.orchestrator.api.model.core.PodStatusBuilder;
import dev.orchestrator.runtime.loop.Outcome;
import dev.orchestrator.runtime.loop.Reconciler;
import dev.orchestrator.runtime.store.ObjectStore;
import dev.orchestrator.runtime.store.WriteRequest;

/** Takes back that a pod is about to be disrupted when nobody has done it for two minutes. */
final class StaleDisruptions implements Reconciler<ObjectKey> {

    private static final String DISRUPTION_TARGET = "DisruptionTarget";

    private final ObjectStore store;
    private final InstantSource time;
    private final WriteRequest request =
            WriteRequest.ofController("disruption-controller").on(WriteRequest.Subresource.STATUS);

    StaleDisruptions(ObjectStore store, InstantSource time) {
        this.store = store;
        this.time = time;
    }

    /** {@return when nobody will be thought to disrupt the pod any more; empty when nobody is now} */
    static Optional<Instant> staleAt(Pod pod) {
        return pod.isActive()
                ? pod.condition(DISRUPTION_TARGET)
                        .filter(condition -> condition.status().equals("True"))
                        .map(PodCondition::lastTransitionTime)
                        .map(since -> since.plus(Budget.PATIENCE))
                : Optional.empty();
    }

    @Override
    public Outcome reconcile(ObjectKey key) {
        Instant now = time.instant();
        Optional<Instant> stale = store.find(ResourceTypes.POD, key).flatMap(StaleDisruptions::staleAt);
        if (stale.isEmpty()) {
            return Outcome.done();
        }
        if (stale.get().isAfter(now)) {
            return Outcome.after(Duration.between(now, stale.get()));
        }
        try {
            store.edit(ResourceTypes.POD, key, request, pod -> withdrawn(pod, now));
        } catch (ApiException e) {
            if (e.reason() != Reason.NOT_FOUND) {
                throw e;
            }
        }
        return Outcome.done();
    }

    private static Pod withdrawn(Pod pod, Instant now) {
        if (staleAt(pod).filter(stale -> !stale.isAfter(now)).isEmpty()) {
            return pod;
        }
        var conditions = new ArrayList<>(pod.status().conditions());
        conditions.replaceAll(condition -> condition.type().equals(DISRUPTION_TARGET)
                ? PodConditionBuilder.builder()
                        .type(DISRUPTION_TARGET)
                        .status("False")
                        .lastTransitionTime(now.truncatedTo(ChronoUnit.SECONDS))
                        .build()
                : condition);
        return PodBuilder.builder(pod)
                .status(PodStatusBuilder.builder(pod.status())
                        .conditions(conditions)
                        .build())
                .build();
    }
}
