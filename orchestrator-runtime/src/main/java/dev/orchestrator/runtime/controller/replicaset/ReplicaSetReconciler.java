package dev.orchestrator.runtime.controller.replicaset;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import dev.orchestrator.api.ApiException;
import dev.orchestrator.api.ApiException.Reason;
import dev.orchestrator.api.model.ObjectKey;
import dev.orchestrator.api.model.Resource;
import dev.orchestrator.api.model.ResourceTypes;
import dev.orchestrator.api.model.Selector;
import dev.orchestrator.api.model.apps.ReplicaSet;
import dev.orchestrator.api.model.apps.ReplicaSetStatus;
import dev.orchestrator.api.model.apps.ReplicaSetStatusBuilder;
import dev.orchestrator.api.model.core.Pod;
import dev.orchestrator.api.model.meta.OwnerReference;
import dev.orchestrator.runtime.claim.Claimer;
import dev.orchestrator.runtime.loop.EventRecorder;
import dev.orchestrator.runtime.loop.Outcome;
import dev.orchestrator.runtime.loop.Reconciler;
import dev.orchestrator.runtime.store.ObjectStore;
import dev.orchestrator.runtime.store.WriteRequest;

/** Keeps the pods of one owner at the wanted number and reports what has become of them. */
final class ReplicaSetReconciler<R extends Resource> implements Reconciler<ObjectKey> {

    private final OwnerKind<R> kind;
    private final ObjectStore store;
    private final InstantSource time;
    private final Tallies tallies;
    private final RefusedOwners refused;
    private final Claimer<Pod> claimer;
    private final PodWriter writer;
    private final WriteRequest statusRequest;

    ReplicaSetReconciler(
            OwnerKind<R> kind,
            ObjectStore store,
            InstantSource time,
            EventRecorder events,
            Tallies tallies,
            RefusedOwners refused) {
        this.kind = kind;
        this.store = store;
        this.time = time;
        this.tallies = tallies;
        this.refused = refused;
        var request = WriteRequest.ofController(kind.component());
        this.claimer = new Claimer<>(store, ResourceTypes.POD, request);
        this.writer = new PodWriter(store, events, request);
        this.statusRequest = request.on(WriteRequest.Subresource.STATUS);
    }

    @Override
    public Outcome reconcile(ObjectKey key) {
        Optional<R> found = store.find(kind.type(), key);
        if (found.isEmpty()) {
            // Its pods are the garbage collector's.
            return Outcome.done();
        }
        R owner = found.get();
        ReplicaSet set = kind.view(owner);
        PodTally tally = tallies.of(set.metadata().uidOrEmpty());
        if (mayCount(set, tally)) {
            return count(set, tally);
        }
        return converge(owner, set, tally);
    }

    /** Whether nothing but the readiness and the end of known pods can have changed since the pods were last listed. */
    private boolean mayCount(ReplicaSet set, PodTally tally) {
        return tallies.isExact()
                && !tally.needsRecount()
                && set.spec().minReadySeconds() == 0
                && set.isObserved()
                && !set.metadata().isTerminating()
                && set.condition(Observation.REPLICA_FAILURE).isEmpty();
    }

    // Nothing depends on the yield but how often the same thing is computed.
    @SuppressWarnings("ThreadPriorityCheck")
    private Outcome count(ReplicaSet set, PodTally tally) {
        // Under load other pods become ready first, and one status speaks of all of them.
        Thread.yield();
        PodTally.Counts counts = tally.counts();
        ReplicaSetStatus status = set.status();
        if (!tally.covers(counts) || counts.ready() < 0 || counts.ready() > status.replicas()) {
            tally.requestRecount();
            return reconcile(set.key());
        }
        report(
                set,
                ReplicaSetStatusBuilder.builder(status)
                        .readyReplicas(counts.ready())
                        .availableReplicas(counts.ready())
                        .terminatingReplicas(counts.stopping())
                        .build());
        return Outcome.done();
    }

    private Outcome converge(R owner, ReplicaSet set, PodTally tally) {
        Selector selector = Selector.of(set.spec().selector());
        if (selector.requirements().isEmpty()) {
            // It would take over all pods of its namespace.
            return Outcome.done();
        }
        tally.recountStarted();
        boolean complete = false;
        try {
            Outcome outcome = converge(owner, set, selector, tally);
            complete = true;
            return outcome;
        } finally {
            if (!complete) {
                tally.requestRecount();
            }
        }
    }

    private Outcome converge(R owner, ReplicaSet set, Selector selector, PodTally tally) {
        long before = store.revision();
        OwnerReference reference = Claimer.reference(owner);
        List<Pod> pods = claimer.claim(owner, selector);
        tally.recounted(before, store.revision());
        Instant now = time.instant();
        ReplicaSetPlan plan = ReplicaSetPlan.of(set, pods, () -> related(set), now);
        PodWriter.Result result = writer.carryOut(plan, owner, set, reference, pods);
        Observation observation = Observation.of(set, result.pods(), result.failure(), now);
        report(set, observation.status());
        if (result.failure() != null) {
            refused.add(set.key());
            return Outcome.retry();
        }
        refused.remove(set.key());
        return observation
                .nextAvailable()
                .map(due -> Outcome.after(positive(Duration.between(time.instant(), due))))
                .orElseGet(Outcome::done);
    }

    private static Duration positive(Duration delay) {
        return delay.isPositive() ? delay : Duration.ofMillis(1);
    }

    /** The pods of all replica sets of the same deployment: a scale-down should thin out the nodes that hold most. */
    private List<Pod> related(ReplicaSet set) {
        String uid = set.metadata().uidOrEmpty();
        Optional<OwnerReference> controller = set.metadata().controller();
        if (controller.isEmpty()) {
            return store.podsControlledBy(uid);
        }
        var pods = new ArrayList<Pod>();
        for (ReplicaSet sibling :
                store.controlledBy(ResourceTypes.REPLICA_SET, controller.get().uid())) {
            pods.addAll(store.podsControlledBy(sibling.metadata().uidOrEmpty()));
        }
        return pods;
    }

    private void report(ReplicaSet set, ReplicaSetStatus status) {
        if (status.equals(set.status())) {
            return;
        }
        try {
            store.edit(
                    kind.type(),
                    set.key(),
                    statusRequest,
                    present -> present.metadata()
                                    .uidOrEmpty()
                                    .equals(set.metadata().uidOrEmpty())
                            ? kind.withStatus(present, status)
                            : present);
        } catch (ApiException e) {
            if (e.reason() != Reason.NOT_FOUND) {
                throw e;
            }
        }
    }
}
