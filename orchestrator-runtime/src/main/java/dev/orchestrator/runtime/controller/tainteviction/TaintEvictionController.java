package dev.orchestrator.runtime.controller.tainteviction;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import dev.orchestrator.api.ApiException;
import dev.orchestrator.api.TimeSource;
import dev.orchestrator.api.model.ObjectKey;
import dev.orchestrator.api.model.ResourceTypes;
import dev.orchestrator.api.model.core.Node;
import dev.orchestrator.api.model.core.Pod;
import dev.orchestrator.api.model.core.Taint;
import dev.orchestrator.api.model.meta.DeleteOptionsBuilder;
import dev.orchestrator.api.model.meta.Preconditions;
import dev.orchestrator.runtime.loop.Change;
import dev.orchestrator.runtime.loop.Controller;
import dev.orchestrator.runtime.loop.EventRecorder;
import dev.orchestrator.runtime.loop.Outcome;
import dev.orchestrator.runtime.loop.Wiring;
import dev.orchestrator.runtime.loop.WorkQueue;
import dev.orchestrator.runtime.placement.DisruptionTarget;
import dev.orchestrator.runtime.store.ObjectStore;
import dev.orchestrator.runtime.store.WriteRequest;
import dev.orchestrator.runtime.store.WriteRequest.Subresource;
import org.jspecify.annotations.Nullable;

/**
 * Deletes pods from nodes whose {@code NoExecute} taints they do not tolerate: at once, or when the time is over for
 * which they tolerate them. What was about to be deleted stays when the taint goes in time.
 *
 * <p>By default a pod tolerates five minutes of a node that is not ready or not reachable; then its owner makes another
 * one elsewhere.
 */
public final class TaintEvictionController implements Controller {

    private static final int WORKERS = 8;
    private static final String NAME = "taint-eviction-controller";

    /**
     * A pod that is counted down.
     *
     * @param uid the pod
     * @param since when its node was first seen with taints that it tolerates for a time
     */
    private record Countdown(String uid, Instant since) {}

    private final ObjectStore store;
    private final TimeSource time;
    private final EventRecorder events;
    private final Map<ObjectKey, Countdown> countdowns = new ConcurrentHashMap<>();
    private final WriteRequest request = WriteRequest.ofController(NAME);

    /** Creates the controller; it works once connected. */
    public TaintEvictionController(ObjectStore store, TimeSource time, EventRecorder events) {
        this.store = store;
        this.time = time;
        this.events = events;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public void connect(Wiring wiring) {
        WorkQueue<ObjectKey> pods = wiring.queue("taint-eviction", WORKERS, this::judge);
        wiring.watch(ResourceTypes.NODE, change -> nodeChanged(change, pods));
        wiring.watch(ResourceTypes.POD, change -> podChanged(change, pods));
    }

    private void nodeChanged(Change<Node> change, WorkQueue<ObjectKey> pods) {
        Node after = change.after();
        if (after != null && !noExecute(change.before()).equals(noExecute(after))) {
            for (Pod pod : store.podsOnNode(after.metadata().nameOrEmpty())) {
                pods.add(pod.key());
            }
        }
    }

    @SuppressWarnings("ReferenceEquality") // a spec that was not written is the same object
    private void podChanged(Change<Pod> change, WorkQueue<ObjectKey> pods) {
        Pod before = change.before();
        Pod after = change.after();
        if (after == null) {
            if (before != null) {
                countdowns.remove(before.key());
            }
        } else if ((before == null || before.spec() != after.spec())
                && !taints(after).isEmpty()) {
            pods.add(after.key());
        }
    }

    private static List<Taint> noExecute(@Nullable Node node) {
        return node == null
                ? List.of()
                : node.spec().taints().stream()
                        .filter(taint -> taint.effect().equals("NoExecute"))
                        .toList();
    }

    /** {@return what the node of a pod has against pods that run} */
    private List<Taint> taints(Pod pod) {
        String node = pod.spec().nodeName();
        return node == null || node.isEmpty()
                ? List.of()
                : noExecute(
                        store.find(ResourceTypes.NODE, ObjectKey.cluster(node)).orElse(null));
    }

    private Outcome judge(ObjectKey key) {
        Pod pod = store.find(ResourceTypes.POD, key).orElse(null);
        if (pod == null || pod.metadata().isTerminating()) {
            countdowns.remove(key);
            return Outcome.done();
        }
        return switch (Stay.of(taints(pod), pod.spec().tolerations())) {
            case Stay.Forever forever -> {
                if (countdowns.remove(key) != null) {
                    report(pod, "Cancelling deletion of Pod " + key);
                }
                yield Outcome.done();
            }
            case Stay.For(Duration stay) -> {
                Duration left = stay.minus(Duration.between(since(pod), time.instant()));
                if (left.isPositive()) {
                    yield Outcome.after(left);
                }
                evict(pod);
                countdowns.remove(key);
                yield Outcome.done();
            }
        };
    }

    private Instant since(Pod pod) {
        String uid = pod.metadata().uidOrEmpty();
        Instant now = time.instant();
        return java.util.Objects.requireNonNull(countdowns.compute(
                        pod.key(),
                        (key, known) -> known != null && known.uid().equals(uid) ? known : new Countdown(uid, now)))
                .since();
    }

    private void evict(Pod pod) {
        report(pod, "Marking for deletion Pod " + pod.key());
        try {
            store.edit(
                    ResourceTypes.POD,
                    pod.key(),
                    request.on(Subresource.STATUS),
                    stored -> DisruptionTarget.on(
                            stored,
                            "DeletionByTaintManager",
                            "Taint manager: deleting due to NoExecute taint",
                            time.instant()));
            var thisOne = DeleteOptionsBuilder.builder()
                    .preconditions(new Preconditions(null, pod.metadata().uid()))
                    .build();
            store.delete(ResourceTypes.POD, pod.key(), thisOne, request);
        } catch (ApiException e) {
            // Another pod under the same name is a conflict: the one that was meant is gone.
            if (e.reason() != ApiException.Reason.NOT_FOUND && e.reason() != ApiException.Reason.CONFLICT) {
                throw e;
            }
        }
    }

    private void report(Pod pod, String message) {
        events.event(pod, "Normal", "TaintManagerEviction", message, NAME);
    }
}
