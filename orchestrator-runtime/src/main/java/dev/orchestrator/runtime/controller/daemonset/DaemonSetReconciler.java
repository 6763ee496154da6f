package dev.orchestrator.runtime.controller.daemonset;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import dev.orchestrator.api.model.ObjectKey;
import dev.orchestrator.api.model.ResourceTypes;
import dev.orchestrator.api.model.Selector;
import dev.orchestrator.api.model.apps.ControllerRevision;
import dev.orchestrator.api.model.apps.DaemonSet;
import dev.orchestrator.api.model.core.Pod;
import dev.orchestrator.runtime.claim.Claimer;
import dev.orchestrator.runtime.controller.daemonset.NodeChoice.Place;
import dev.orchestrator.runtime.loop.EventRecorder;
import dev.orchestrator.runtime.loop.Outcome;
import dev.orchestrator.runtime.loop.Reconciler;
import dev.orchestrator.runtime.revision.Revisions;
import dev.orchestrator.runtime.store.ObjectStore;

import static java.util.Objects.requireNonNullElse;

/** Brings the pods of one daemon set a step closer to what it wants. */
final class DaemonSetReconciler implements Reconciler<ObjectKey> {

    private final ObjectStore store;
    private final InstantSource time;
    private final FailedPods failedPods;
    private final DaemonSetWriter writer;
    private final Claimer<Pod> claimer;
    private final Revisions revisions;

    DaemonSetReconciler(ObjectStore store, InstantSource time, EventRecorder events, FailedPods failedPods) {
        this.store = store;
        this.time = time;
        this.failedPods = failedPods;
        this.writer = new DaemonSetWriter(store, events);
        this.claimer = new Claimer<>(store, ResourceTypes.POD, writer.request());
        this.revisions = new Revisions(store, writer.request(), Revisions.POD_LABEL);
    }

    // Nothing depends on the yield but how often the same thing is computed.
    @SuppressWarnings("ThreadPriorityCheck")
    @Override
    public Outcome reconcile(ObjectKey key) {
        // Under load more pods become ready first, and one pass over the nodes takes all of them into account.
        Thread.yield();
        Optional<DaemonSet> found = store.find(ResourceTypes.DAEMON_SET, key);
        if (found.isEmpty() || found.get().metadata().isTerminating()) {
            // Its pods are the garbage collector's.
            return Outcome.done();
        }
        DaemonSet set = found.get();
        Selector selector = Selector.of(set.spec().selector());
        if (selector.requirements().isEmpty()) {
            writer.tell(
                    set,
                    "Warning",
                    "SelectingAll",
                    "This daemon set is selecting all pods. A non-empty selector is required.");
            return Outcome.done();
        }
        return converge(set, selector);
    }

    private Outcome converge(DaemonSet set, Selector selector) {
        List<ControllerRevision> kept = revisions.of(set, selector);
        Revisions.Present present = revisions.present(
                set,
                set.spec().template(),
                kept,
                requireNonNullElse(set.status().collisionCount(), 0));
        String hash = revisions.hash(present.revision());
        Map<String, Place> places = DaemonSetState.places(set, store.list(ResourceTypes.NODE));
        Instant start = time.instant();

        List<Pod> claimed = claimer.claim(set, selector);
        var before = DaemonSetState.of(set, hash, places, claimed, start);
        Map<String, Duration> waits = waits(before);
        DaemonSetPlan managing = DaemonSetPlan.manage(before, waits);
        boolean isDone = writer.carryOut(set, hash, managing);
        remember(set, managing, start);

        List<Pod> managed = managing.isNothing() ? claimed : owned(set);
        DaemonSetPlan updating = DaemonSetPlan.update(DaemonSetState.of(set, hash, places, managed, start));
        isDone &= writer.carryOut(set, hash, updating);

        List<Pod> pods = updating.isNothing() ? managed : owned(set);
        var after = DaemonSetState.of(set, hash, places, pods, time.instant());
        Observation observation = Observation.of(after, present.collisions());
        writer.report(set, observation.status());
        truncate(set, kept, pods, present.revision());
        return isDone ? next(observation, waits, start) : Outcome.retry();
    }

    private List<Pod> owned(DaemonSet set) {
        return store.podsControlledBy(set.metadata().uidOrEmpty());
    }

    /** How long the failed pods of each node are still to stay. */
    private Map<String, Duration> waits(DaemonSetState state) {
        var waits = new HashMap<String, Duration>();
        String uid = state.set().metadata().uidOrEmpty();
        state.podsByNode().forEach((node, pods) -> {
            boolean hasFailed = pods.stream()
                    .anyMatch(pod -> "Failed".equals(pod.status().phase())
                            && !pod.metadata().isTerminating());
            if (hasFailed) {
                failedPods.left(uid, node, state.now()).ifPresent(left -> waits.put(node, left));
            }
        });
        return waits;
    }

    private void remember(DaemonSet set, DaemonSetPlan plan, Instant now) {
        for (Pod pod : plan.ended()) {
            if ("Failed".equals(pod.status().phase())) {
                DaemonPod.node(pod)
                        .ifPresent(node -> failedPods.replaced(set.metadata().uidOrEmpty(), node, now));
            }
        }
    }

    private Outcome next(Observation observation, Map<String, Duration> waits, Instant start) {
        Instant now = time.instant();
        return Stream.concat(
                        observation.nextAvailable().stream(),
                        waits.values().stream().map(start::plus))
                .min(Instant::compareTo)
                .map(due -> Duration.between(now, due))
                .map(delay -> Outcome.after(delay.isPositive() ? delay : Duration.ofMillis(1)))
                .orElseGet(Outcome::done);
    }

    private void truncate(DaemonSet set, List<ControllerRevision> kept, List<Pod> pods, ControllerRevision present) {
        var hashes = new HashSet<String>();
        pods.forEach(pod -> hashes.add(pod.metadata().labels().getOrDefault(Revisions.POD_LABEL, "")));
        Set<String> live = new HashSet<>();
        live.add(present.metadata().nameOrEmpty());
        for (ControllerRevision revision : kept) {
            if (hashes.contains(revisions.hash(revision))) {
                live.add(revision.metadata().nameOrEmpty());
            }
        }
        revisions.truncate(kept, live, requireNonNullElse(set.spec().revisionHistoryLimit(), 10));
    }
}
