package dev.orchestrator.runtime.controller.daemonset;

import java.util.HashSet;

import dev.orchestrator.api.ApiException;
import dev.orchestrator.api.ApiException.Reason;
import dev.orchestrator.api.model.ResourceTypes;
import dev.orchestrator.api.model.apps.DaemonSet;
import dev.orchestrator.api.model.apps.DaemonSetBuilder;
import dev.orchestrator.api.model.apps.DaemonSetStatus;
import dev.orchestrator.api.model.core.Pod;
import dev.orchestrator.api.model.meta.DeleteOptionsBuilder;
import dev.orchestrator.api.model.meta.Preconditions;
import dev.orchestrator.runtime.loop.EventRecorder;
import dev.orchestrator.runtime.store.Basis;
import dev.orchestrator.runtime.store.ObjectStore;
import dev.orchestrator.runtime.store.SupersededException;
import dev.orchestrator.runtime.store.WriteRequest;

/**
 * Carries plans out, and tells people about them.
 *
 * <p>A set that has changed since it was read gets no pod and loses none: whoever decided is told of the change.
 */
final class DaemonSetWriter {

    static final String COMPONENT = "daemonset-controller";

    private final ObjectStore store;
    private final EventRecorder events;
    private final WriteRequest request = WriteRequest.ofController(COMPONENT);
    private final WriteRequest statusRequest = request.on(WriteRequest.Subresource.STATUS);

    DaemonSetWriter(ObjectStore store, EventRecorder events) {
        this.store = store;
        this.events = events;
    }

    WriteRequest request() {
        return request;
    }

    /** {@return whether all of it could be done} */
    boolean carryOut(DaemonSet set, String hash, DaemonSetPlan plan) {
        WriteRequest decided = request.decidedOn(Basis.of(set));
        try {
            var deleted = new HashSet<String>();
            boolean isDone = true;
            for (Pod pod : plan.ended()) {
                tellEnded(set, pod);
            }
            for (Pod pod : plan.delete()) {
                if (deleted.add(pod.metadata().uidOrEmpty())) {
                    isDone &= delete(set, pod, decided);
                }
            }
            for (String node : plan.create()) {
                if (!create(set, DaemonPod.of(set, hash, node), decided)) {
                    // What refuses one pod, such as a quota, would refuse the others as well.
                    return false;
                }
            }
            return isDone;
        } catch (SupersededException e) {
            return true;
        }
    }

    private void tellEnded(DaemonSet set, Pod pod) {
        String where = " daemon pod " + pod.key().namespace() + "/" + pod.key().name() + " on node "
                + DaemonPod.node(pod).orElse("");
        if ("Failed".equals(pod.status().phase())) {
            tell(set, "Warning", "FailedDaemonPod", "Found failed" + where + ", will try to kill it");
        } else {
            tell(set, "Normal", "SucceededDaemonPod", "Found succeeded" + where + ", will try to delete it");
        }
    }

    private boolean create(DaemonSet set, Pod pod, WriteRequest decided) {
        try {
            Pod created = store.create(pod, decided);
            tell(
                    set,
                    "Normal",
                    "SuccessfulCreate",
                    "Created pod: " + created.metadata().nameOrEmpty());
            return true;
        } catch (ApiException e) {
            if (e.causes().stream().anyMatch(cause -> "NamespaceTerminating".equals(cause.reason()))) {
                return true;
            }
            tell(set, "Warning", "FailedCreate", "Error creating: " + e.getMessage());
            return false;
        }
    }

    private boolean delete(DaemonSet set, Pod pod, WriteRequest decided) {
        var options = DeleteOptionsBuilder.builder()
                .preconditions(new Preconditions(null, pod.metadata().uid()))
                .build();
        try {
            store.delete(ResourceTypes.POD, pod.key(), options, decided);
            tell(
                    set,
                    "Normal",
                    "SuccessfulDelete",
                    "Deleted pod: " + pod.metadata().nameOrEmpty());
            return true;
        } catch (ApiException e) {
            if (e.reason() == Reason.NOT_FOUND || e.reason() == Reason.CONFLICT) {
                // Gone, or another pod of that name is there.
                return true;
            }
            tell(set, "Warning", "FailedDelete", "Error deleting: " + e.getMessage());
            return false;
        }
    }

    void tell(DaemonSet set, String type, String reason, String message) {
        events.event(set, type, reason, message, COMPONENT);
    }

    void report(DaemonSet set, DaemonSetStatus status) {
        if (status.equals(set.status())) {
            return;
        }
        try {
            store.edit(
                    ResourceTypes.DAEMON_SET,
                    set.key(),
                    statusRequest,
                    stored -> stored.metadata()
                                    .uidOrEmpty()
                                    .equals(set.metadata().uidOrEmpty())
                            ? DaemonSetBuilder.builder(stored).status(status).build()
                            : stored);
        } catch (ApiException e) {
            if (e.reason() != Reason.NOT_FOUND) {
                throw e;
            }
        }
    }
}
