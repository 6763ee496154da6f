package dev.orchestrator.runtime.scheduler;

import java.util.List;

import dev.orchestrator.api.ApiException;
import dev.orchestrator.api.TimeSource;
import dev.orchestrator.api.model.ResourceTypes;
import dev.orchestrator.api.model.core.Pod;
import dev.orchestrator.api.model.meta.DeleteOptionsBuilder;
import dev.orchestrator.api.model.meta.Preconditions;
import dev.orchestrator.runtime.loop.EventRecorder;
import dev.orchestrator.runtime.placement.DisruptionTarget;
import dev.orchestrator.runtime.scheduler.framework.PlacedPod;
import dev.orchestrator.runtime.store.ObjectStore;
import dev.orchestrator.runtime.store.WriteRequest;
import dev.orchestrator.runtime.store.WriteRequest.Subresource;

/** Deletes pods that have to make room, in their own time, after saying on them why. */
final class Preemptions {

    private final ObjectStore store;
    private final TimeSource time;
    private final EventRecorder events;
    private final String schedulerName;
    private final WriteRequest request;

    Preemptions(ObjectStore store, TimeSource time, EventRecorder events, String schedulerName) {
        this.store = store;
        this.time = time;
        this.events = events;
        this.schedulerName = schedulerName;
        this.request = WriteRequest.by(schedulerName).ownedBy("kube-scheduler");
    }

    /** Deletes the victims that are not on their way out already. */
    void carryOut(Pod preemptor, String node, List<PlacedPod> victims) {
        for (PlacedPod victim : victims) {
            try {
                preempt(preemptor, node, victim);
            } catch (ApiException e) {
                // One that is gone, or is another pod of that name by now, needs no more room.
                if (e.reason() != ApiException.Reason.NOT_FOUND && e.reason() != ApiException.Reason.CONFLICT) {
                    throw e;
                }
            }
        }
    }

    private void preempt(Pod preemptor, String node, PlacedPod victim) {
        Pod marked = store.edit(
                ResourceTypes.POD,
                victim.key(),
                request.on(Subresource.STATUS),
                present -> isVictim(present, victim) ? marked(present) : present);
        if (!isVictim(marked, victim)) {
            return;
        }
        var options = DeleteOptionsBuilder.builder()
                .preconditions(new Preconditions(null, victim.uid()))
                .build();
        store.delete(ResourceTypes.POD, victim.key(), options, request);
        String message = "Preempted by pod " + preemptor.metadata().uidOrEmpty() + " on node " + node;
        events.event(marked, "Normal", "Preempted", message, schedulerName);
    }

    private static boolean isVictim(Pod pod, PlacedPod victim) {
        return pod.metadata().uidOrEmpty().equals(victim.uid())
                && !pod.metadata().isTerminating();
    }

    private Pod marked(Pod pod) {
        return DisruptionTarget.on(
                pod,
                "PreemptionByScheduler",
                schedulerName + ": preempting to accommodate a higher priority pod",
                time.instant());
    }
}
