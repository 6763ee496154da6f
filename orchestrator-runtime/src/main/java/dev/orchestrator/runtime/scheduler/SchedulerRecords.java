package dev.orchestrator.runtime.scheduler;

import java.util.Objects;
import java.util.function.UnaryOperator;

import dev.orchestrator.api.ApiException;
import dev.orchestrator.api.TimeSource;
import dev.orchestrator.api.model.ResourceTypes;
import dev.orchestrator.api.model.core.Pod;
import dev.orchestrator.runtime.loop.EventRecorder;
import dev.orchestrator.runtime.store.ObjectStore;
import dev.orchestrator.runtime.store.WriteRequest;
import dev.orchestrator.runtime.store.WriteRequest.Subresource;
import org.jspecify.annotations.Nullable;

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
        reported(pod, message);
        condition(pod, reason, message, UnaryOperator.identity());
    }

    /** Says the same of a pod that a node is kept for, and which; null for one that none is kept for any more. */
    void nominated(Pod pod, @Nullable String node, String message) {
        reported(pod, message);
        condition(pod, PodScheduled.UNSCHEDULABLE, message, current -> PodScheduled.nominated(current, node));
    }

    /** Says on the pod that no node is kept for it any more. */
    void notNominated(Pod pod) {
        status(pod, current -> PodScheduled.nominated(current, null));
    }

    private void reported(Pod pod, String message) {
        String shown = message.length() > MAX_EVENT_MESSAGE
                ? message.substring(0, MAX_EVENT_MESSAGE - " ...".length()) + " ..."
                : message;
        events.event(pod, "Warning", "FailedScheduling", shown, schedulerName);
    }

    /** Says on the pod that it waits for its scheduling gates to be lifted. */
    void gated(Pod pod) {
        String message = "Scheduling is blocked due to non-empty scheduling gates";
        condition(pod, PodScheduled.GATED, message, UnaryOperator.identity());
    }

    private void condition(Pod pod, String reason, String message, UnaryOperator<Pod> more) {
        status(pod, current -> more.apply(PodScheduled.refused(current, reason, message, time.instant())));
    }

    private void status(Pod pod, UnaryOperator<Pod> change) {
        try {
            store.edit(
                    ResourceTypes.POD,
                    pod.key(),
                    WriteRequest.by(schedulerName).ownedBy("kube-scheduler").on(Subresource.STATUS),
                    current -> isSame(current, pod) && !Relevance.isBound(current) ? change.apply(current) : current);
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
