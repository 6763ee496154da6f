package dev.orchestrator.runtime.controller.podgc;

import java.time.Duration;

import dev.orchestrator.api.ApiException;
import dev.orchestrator.api.TimeSource;
import dev.orchestrator.api.model.ObjectKey;
import dev.orchestrator.api.model.ResourceTypes;
import dev.orchestrator.api.model.core.Node;
import dev.orchestrator.api.model.core.Pod;
import dev.orchestrator.api.model.core.PodBuilder;
import dev.orchestrator.api.model.core.PodStatusBuilder;
import dev.orchestrator.api.model.meta.DeleteOptionsBuilder;
import dev.orchestrator.api.model.meta.Preconditions;
import dev.orchestrator.runtime.loop.Change;
import dev.orchestrator.runtime.loop.Controller;
import dev.orchestrator.runtime.loop.Outcome;
import dev.orchestrator.runtime.loop.Wiring;
import dev.orchestrator.runtime.loop.WorkQueue;
import dev.orchestrator.runtime.placement.DisruptionTarget;
import dev.orchestrator.runtime.store.ObjectStore;
import dev.orchestrator.runtime.store.WriteRequest;
import dev.orchestrator.runtime.store.WriteRequest.Subresource;

/**
 * Deletes pods that nothing else would delete: those of a node that is gone, whose kubelet can no longer confirm their
 * end, and the oldest finished ones once there are too many.
 */
public final class PodGarbageController implements Controller {

    private static final int FINISHED_LIMIT = 12_500;
    // A node that is replaced under its old name keeps its pods if it is back within this time.
    private static final Duration QUARANTINE = Duration.ofSeconds(40);

    private enum Signal {
        TOO_MANY_FINISHED
    }

    private final ObjectStore store;
    private final TimeSource time;
    private final int finishedLimit;
    private final FinishedPods finished = new FinishedPods();
    private final WriteRequest request = WriteRequest.ofController("pod-garbage-collector");

    /** Creates the controller with Kubernetes' limit of finished pods; it works once connected. */
    public PodGarbageController(ObjectStore store, TimeSource time) {
        this(store, time, FINISHED_LIMIT);
    }

    PodGarbageController(ObjectStore store, TimeSource time, int finishedLimit) {
        this.store = store;
        this.time = time;
        this.finishedLimit = finishedLimit;
    }

    @Override
    public String name() {
        return "podgc";
    }

    @Override
    public void connect(Wiring wiring) {
        WorkQueue<String> nodes = wiring.queue("podgc-orphaned", 1, this::orphaned);
        WorkQueue<Signal> limit = wiring.queue("podgc-finished", 1, signal -> tooManyFinished());
        wiring.watch(ResourceTypes.NODE, change -> {
            Node before = change.before();
            if (change.after() == null && before != null) {
                nodes.addAfter(before.metadata().nameOrEmpty(), QUARANTINE);
            }
        });
        wiring.watch(ResourceTypes.POD, change -> podChanged(change, nodes, limit));
    }

    @SuppressWarnings("ReferenceEquality")
    private void podChanged(Change<Pod> change, WorkQueue<String> nodes, WorkQueue<Signal> limit) {
        Pod before = change.before();
        Pod after = change.after();
        if (finished.changed(before, after) > finishedLimit) {
            limit.add(Signal.TOO_MANY_FINISHED);
        }
        if (after == null || (before != null && before.spec() == after.spec())) {
            return;
        }
        String node = after.spec().nodeName();
        if (node != null && !node.isEmpty() && !exists(node)) {
            nodes.addAfter(node, QUARANTINE);
        }
    }

    private boolean exists(String node) {
        return store.find(ResourceTypes.NODE, ObjectKey.cluster(node)).isPresent();
    }

    private Outcome orphaned(String node) {
        if (!exists(node)) {
            for (Pod pod : store.podsOnNode(node)) {
                if (!pod.isFinished()) {
                    markFailed(pod);
                }
                delete(pod.key(), pod.metadata().uidOrEmpty());
            }
        }
        return Outcome.done();
    }

    /** Its kubelet will never report how it ended, so this is its last word. */
    private void markFailed(Pod pod) {
        ignoringAbsence(() -> store.edit(ResourceTypes.POD, pod.key(), request.on(Subresource.STATUS), this::failed));
    }

    private Pod failed(Pod stored) {
        if (stored.isFinished()) {
            return stored;
        }
        Pod marked = DisruptionTarget.on(stored, "DeletionByPodGC", "PodGC: node no longer exists", time.instant());
        return PodBuilder.builder(marked)
                .status(PodStatusBuilder.builder(marked.status())
                        .phase("Failed")
                        .build())
                .build();
    }

    private Outcome tooManyFinished() {
        for (FinishedPods.Finished pod : finished.above(finishedLimit)) {
            delete(pod.key(), pod.uid());
        }
        return Outcome.done();
    }

    private void delete(ObjectKey key, String uid) {
        var options = DeleteOptionsBuilder.builder()
                .gracePeriodSeconds(0L)
                .preconditions(new Preconditions(null, uid))
                .build();
        ignoringAbsence(() -> store.delete(ResourceTypes.POD, key, options, request));
    }

    private static void ignoringAbsence(Runnable write) {
        try {
            write.run();
        } catch (ApiException e) {
            // Another pod under the same name is a conflict: the one that was meant is gone.
            if (e.reason() != ApiException.Reason.NOT_FOUND && e.reason() != ApiException.Reason.CONFLICT) {
                throw e;
            }
        }
    }
}
