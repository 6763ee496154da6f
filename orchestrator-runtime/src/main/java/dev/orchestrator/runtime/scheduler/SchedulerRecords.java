package dev.orchestrator.runtime.scheduler;

import java.util.Objects;

import dev.orchestrator.api.ApiException;
import dev.orchestrator.api.TimeSource;
import dev.orchestrator.api.model.ResourceTypes;
import dev.orchestrator.api.model.core.Pod;
import dev.orchestrator.runtime.loop.EventRecorder;
import dev.orchestrator.runtime.store.ObjectStore;
import dev.orchestrator.runtime.store.WriteRequest;
import dev.orchestrator.runtime.store.WriteRequest.Subresource;

/** Writes what the scheduler decided: bindings, conditions and events. */
final class SchedulerRecords {

    private static final int MAX_EVENT_MESSAGE = 1024;

    private final ObjectStore store;
    private final TimeSource time;
    private final EventRecorder events;
    private final String schedulerName;

    SchedulerRecords(ObjectStore store, TimeSource time, EventRecorder events, String schedulerName) {
        this.store = store;
        this.time = time;
        this.events = events;
        this.schedulerName = schedulerName;
    }

    /** {@return whether the pod is on the node now; not if it went or was bound elsewhere meanwhile} */
    boolean bind(Pod pod, String node) {
        try {
            Pod stored = store.edit(
                    ResourceTypes.POD,
                    pod.key(),
                    WriteRequest.by(schedulerName).ownedBy("kube-scheduler").on(Subresource.BINDING),
                    current -> isSame(current, pod)
                                    && !Relevance.isBound(current)
                                    && !current.metadata().isTerminating()
                            ? PodScheduled.bound(current, node, time.instant())
                            : current);
            if (!isSame(stored, pod) || !node.equals(stored.spec().nodeName())) {
                return false;
            }
        } catch (ApiException e) {
            if (e.reason() == ApiException.Reason.NOT_FOUND) {
                return false;
            }
            throw e;
        }
        var key = pod.key();
        String message = "Successfully assigned " + key.namespace() + "/" + key.name() + " to " + node;
        events.event(pod, "Normal", "Scheduled", message, schedulerName);
        return true;
    }

    /** Says on the pod, and in an event, why it has no node. */
    void refused(Pod pod, String reason, String message) {
        String shown = message.length() > MAX_EVENT_MESSAGE
                ? message.substring(0, MAX_EVENT_MESSAGE - " ...".length()) + " ..."
                : message;
        events.event(pod, "Warning", "FailedScheduling", shown, schedulerName);
        condition(pod, reason, message);
    }

    /** Says on the pod that it waits for its scheduling gates to be lifted. */
    void gated(Pod pod) {
        condition(pod, PodScheduled.GATED, "Scheduling is blocked due to non-empty scheduling gates");
    }

    private void condition(Pod pod, String reason, String message) {
        try {
            store.edit(
                    ResourceTypes.POD,
                    pod.key(),
                    WriteRequest.by(schedulerName).ownedBy("kube-scheduler").on(Subresource.STATUS),
                    current -> isSame(current, pod) && !Relevance.isBound(current)
                            ? PodScheduled.refused(current, reason, message, time.instant())
                            : current);
        } catch (ApiException e) {
            if (e.reason() != ApiException.Reason.NOT_FOUND) {
                throw e;
            }
        }
    }

    private static boolean isSame(Pod stored, Pod meant) {
        return Objects.equals(stored.metadata().uid(), meant.metadata().uid());
    }
}
