package dev.orchestrator.runtime.scheduler;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.ReentrantLock;

import dev.orchestrator.api.TimeSource;
import dev.orchestrator.api.model.ResourceTypes;
import dev.orchestrator.api.model.core.Namespace;
import dev.orchestrator.api.model.core.Node;
import dev.orchestrator.api.model.core.Pod;
import dev.orchestrator.runtime.loop.Change;
import dev.orchestrator.runtime.loop.Controller;
import dev.orchestrator.runtime.loop.EventRecorder;
import dev.orchestrator.runtime.loop.Outcome;
import dev.orchestrator.runtime.loop.Wiring;
import dev.orchestrator.runtime.loop.WorkQueue;
import dev.orchestrator.runtime.scheduler.Commitments.Commitment;
import dev.orchestrator.runtime.scheduler.SchedulingCycle.Decision;
import dev.orchestrator.runtime.scheduler.SchedulingQueue.Waiting;
import dev.orchestrator.runtime.scheduler.framework.ClusterEvent;
import dev.orchestrator.runtime.scheduler.framework.FilterPlugin;
import dev.orchestrator.runtime.scheduler.framework.NodeInfo;
import dev.orchestrator.runtime.scheduler.framework.PlacedPod;
import dev.orchestrator.runtime.scheduler.framework.PodInfo;
import dev.orchestrator.runtime.scheduler.framework.PostFilterPlugin.Outcome.Nominated;
import dev.orchestrator.runtime.store.ObjectStore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives each pending pod a node.
 *
 * <p>One loop takes the waiting pods one by one, decides on the {@link ClusterSnapshot}, counts the pod there at once
 * and then writes the binding. A pod that no node takes waits until a node changes in its favour.
 *
 * <p>The event pump must never wait for a decision. It therefore leaves changes in an inbox; whoever holds the lock, or
 * gets it without waiting, applies them.
 */
public final class Scheduler implements Controller {

    private static final Logger LOG = LoggerFactory.getLogger(Scheduler.class);

    private enum Signal {
        RUN
    }

    private sealed interface Inbound {
        record PodChange(@Nullable Pod before, @Nullable Pod after) implements Inbound {}

        record NodeChange(@Nullable Node before, @Nullable Node after) implements Inbound {}

        record NamespaceChange(String name, Map<String, String> labels) implements Inbound {}
    }

    /** What to do once the lock is free again. */
    private sealed interface Step {
        record Bind(Waiting waiting, Pod pod, String node) implements Step {}

        record Refuse(Waiting waiting, Pod pod, FitError error, boolean keepsNomination) implements Step {}

        record MakeRoom(Waiting waiting, Pod pod, FitError error, Nominated room, List<PodInfo> displaced)
                implements Step {}

        record Gate(Waiting waiting, Pod pod) implements Step {}

        record Report(Waiting waiting, Pod pod, RuntimeException failure) implements Step {}

        record Settle(Commitment commitment) implements Step {}

        record Nothing() implements Step {}
    }

    private final ObjectStore store;
    private final TimeSource time;
    private final SchedulerProfile profile;
    private final SchedulerRecords records;
    private final Preemptions preemptions;
    private final PodLens lens = new PodLens();

    private final Queue<Inbound> inbox = new ConcurrentLinkedQueue<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final ClusterSnapshot snapshot;
    private final SchedulingQueue waitingPods = new SchedulingQueue();
    private final Nominations nominations = new Nominations();
    private final Commitments commitments;
    private final SchedulingCycle cycle;

    private @Nullable WorkQueue<Signal> runs;

    /** Creates a scheduler that goes by the given rules. */
    public Scheduler(ObjectStore store, TimeSource time, EventRecorder events, SchedulerProfile profile) {
        this.store = store;
        this.time = time;
        this.profile = profile;
        this.records = new SchedulerRecords(store, time, events, profile.schedulerName());
        this.preemptions = new Preemptions(store, time, events, profile.schedulerName());
        this.commitments = new Commitments(profile.custom(), this::signal);
        this.snapshot = new ClusterSnapshot(profile.topology());
        this.cycle = new SchedulingCycle(profile, snapshot, nominations, store);
    }

    @Override
    public String name() {
        return "scheduler";
    }

    @Override
    public void connect(Wiring wiring) {
        runs = wiring.queue("scheduler", 1, this::run);
        wiring.watch(ResourceTypes.NODE, change -> receive(new Inbound.NodeChange(change.before(), change.after())));
        wiring.watch(ResourceTypes.NAMESPACE, this::namespaceChanged);
        wiring.watch(ResourceTypes.POD, this::podChanged);
    }

    private void namespaceChanged(Change<Namespace> change) {
        var before = labelsOf(change.before());
        var after = labelsOf(change.after());
        if (!before.equals(after)) {
            receive(new Inbound.NamespaceChange(change.object().metadata().nameOrEmpty(), after));
        }
    }

    private static Map<String, String> labelsOf(@Nullable Namespace namespace) {
        return namespace == null ? Map.of() : namespace.metadata().labels();
    }

    private void podChanged(Change<Pod> change) {
        if (Relevance.isRelevant(change.before(), change.after())) {
            receive(new Inbound.PodChange(change.before(), change.after()));
        }
    }

    private void receive(Inbound change) {
        inbox.add(change);
        if (lock.tryLock()) {
            try {
                drainInbox();
            } finally {
                lock.unlock();
            }
        }
        signal();
    }

    private void signal() {
        WorkQueue<Signal> queue = runs;
        if (queue != null) {
            queue.add(Signal.RUN);
        }
    }

    private void drainInbox() {
        for (Inbound change = inbox.poll(); change != null; change = inbox.poll()) {
            switch (change) {
                case Inbound.PodChange pod -> apply(pod);
                case Inbound.NodeChange node -> apply(node);
                case Inbound.NamespaceChange namespace -> snapshot.relabel(namespace.name, namespace.labels);
            }
        }
    }

    private void apply(Inbound.NodeChange change) {
        Node after = change.after();
        if (after != null) {
            if (change.before() == null || Relevance.isRelevant(change.before(), after)) {
                snapshot.put(after);
            }
        } else if (change.before() != null) {
            snapshot.removeNode(change.before().metadata().nameOrEmpty());
        }
    }

    private void apply(Inbound.PodChange change) {
        Pod before = change.before();
        Pod after = change.after();
        if (after == null) {
            if (before != null) {
                snapshot.release(before.metadata().uidOrEmpty());
                forget(before);
            }
        } else if (after.isFinished()) {
            snapshot.release(after.metadata().uidOrEmpty());
            forget(after);
        } else if (Relevance.isBound(after)) {
            forget(after);
            snapshot.place(lens.infoOf(after), String.valueOf(after.spec().nodeName()));
        } else if (Relevance.awaits(profile.schedulerName(), after)) {
            renominate(before, after);
            if (Relevance.isAnotherToSchedule(before, after)) {
                waitingPods.offer(after.key(), after);
            }
        } else {
            forget(after);
        }
    }

    private void forget(Pod pod) {
        waitingPods.forget(pod.key());
        nominations.remove(pod.metadata().uidOrEmpty());
        commitments.deny(pod.metadata().uidOrEmpty(), "pod is gone");
    }

    /** Others may nominate nodes, too, and pods of an earlier run come with the node they wait for. */
    private void renominate(@Nullable Pod before, Pod after) {
        String old = before == null ? null : before.status().nominatedNodeName();
        String node = after.status().nominatedNodeName();
        if (!Objects.equals(old, node)) {
            if (node == null || node.isEmpty()) {
                nominations.remove(after.metadata().uidOrEmpty());
            } else {
                nominations.put(lens.infoOf(after), node);
            }
        }
    }

    private Outcome run(Signal signal) throws InterruptedException {
        boolean more = true;
        while (more) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            Step step = nextStep();
            more = step != null || !inbox.isEmpty();
            if (step != null) {
                carryOut(step);
            }
        }
        return Outcome.done();
    }

    private void carryOut(Step step) {
        switch (step) {
            case Step.Nothing nothing -> {}
            case Step.Bind bind -> commit(bind);
            case Step.Settle settled -> settle(settled.commitment);
            case Step.Refuse refuse -> guarded(refuse.waiting, refuse.pod, () -> refuse(refuse));
            case Step.MakeRoom room -> guarded(room.waiting, room.pod, () -> makeRoom(room));
            case Step.Gate gate -> guarded(gate.waiting, gate.pod, () -> records.gated(gate.pod));
            case Step.Report report -> fail(report.waiting, report.pod, report.failure);
        }
    }

    private @Nullable Step nextStep() {
        lock.lock();
        try {
            drainInbox();
            wake();
            Commitment settled = commitments.poll(time.instant());
            if (settled != null) {
                return new Step.Settle(settled);
            }
            Waiting waiting = waitingPods.poll(time.instant());
            return waiting == null ? null : attempt(waiting);
        } finally {
            lock.unlock();
        }
    }

    private void wake() {
        List<NodeInfo> improved = snapshot.takeImproved();
        List<ClusterEvent> events = snapshot.takeEvents();
        if (!improved.isEmpty() || !events.isEmpty()) {
            waitingPods.wake(improved, events, pod -> cycle.refusers(pod, improved), time.instant());
        }
    }

    private Step attempt(Waiting waiting) {
        Pod pod = store.find(ResourceTypes.POD, waiting.key()).orElse(null);
        if (pod == null
                || !waiting.uid().equals(pod.metadata().uidOrEmpty())
                || Relevance.isBound(pod)
                || !Relevance.awaits(profile.schedulerName(), pod)) {
            waitingPods.done(waiting);
            return new Step.Nothing();
        }
        if (!pod.spec().schedulingGates().isEmpty()) {
            waitingPods.done(waiting);
            return new Step.Gate(waiting, pod);
        }
        try {
            return decide(waiting, lens.infoOf(pod));
        } catch (RuntimeException failure) {
            return new Step.Report(waiting, pod, failure);
        }
    }

    private Step decide(Waiting waiting, PodInfo pod) {
        List<NodeInfo> reasons = waitingPods.takeReasons(waiting);
        if (!reasons.isEmpty()) {
            Set<FilterPlugin> refusers = cycle.refusers(pod, reasons);
            if (!refusers.isEmpty()) {
                waitingPods.putBack(waiting, pod, refusers);
                return new Step.Nothing();
            }
        }
        return switch (cycle.decide(pod)) {
            case Decision.Chosen chosen -> {
                snapshot.place(pod, chosen.node().name());
                nominations.remove(waiting.uid());
                yield new Step.Bind(waiting, pod.pod(), chosen.node().name());
            }
            case Decision.Unschedulable refused -> {
                waitingPods.refuse(waiting, pod, refused.refusedBy(), time.instant());
                if (!refused.keepsNomination()) {
                    nominations.remove(waiting.uid());
                }
                yield new Step.Refuse(waiting, pod.pod(), refused.error(), refused.keepsNomination());
            }
            case Decision.MakingRoom making -> {
                waitingPods.refuse(waiting, pod, making.refusedBy(), time.instant());
                yield new Step.MakeRoom(waiting, pod.pod(), making.error(), making.room(), nominate(pod, making));
            }
        };
    }

    /** Keeps the node for the pod; {@return those that waited for it and have to look for another one} */
    private List<PodInfo> nominate(PodInfo pod, Decision.MakingRoom making) {
        String node = making.room().node().name();
        List<PodInfo> displaced = nominations.lessImportant(pod, node);
        for (PodInfo other : displaced) {
            nominations.remove(other.pod().metadata().uidOrEmpty());
            waitingPods.offer(other.pod().key(), other.pod());
        }
        nominations.put(pod, node);
        return displaced;
    }

    private void refuse(Step.Refuse refuse) {
        String message = refuse.error.message();
        if (refuse.keepsNomination) {
            records.refused(refuse.pod, PodScheduled.UNSCHEDULABLE, message);
        } else {
            records.nominated(refuse.pod, null, message);
        }
    }

    private void makeRoom(Step.MakeRoom step) {
        String node = step.room.node().name();
        for (PodInfo displaced : step.displaced) {
            records.notNominated(displaced.pod());
        }
        // A victim that still waits for permission loses its place at once and lives on.
        List<PlacedPod> running = step.room.victims().stream()
                .filter(victim -> !commitments.deny(victim.uid(), "preempted"))
                .toList();
        preemptions.carryOut(step.pod, node, running);
        records.nominated(step.pod, node, step.error.message());
    }

    private void commit(Step.Bind step) {
        var commitment = new Commitment(step.waiting, step.pod, step.node);
        try {
            switch (commitments.begin(commitment, time.instant())) {
                case ALLOWED -> bind(commitment);
                case DENIED -> settle(commitment);
                case PENDING -> signalAfter(commitments.patience(commitment));
            }
        } catch (RuntimeException failure) {
            giveUp(commitment);
            fail(step.waiting, step.pod, failure);
        }
    }

    private void settle(Commitment commitment) {
        String denied = commitment.denied();
        if (denied == null) {
            bind(commitment);
            return;
        }
        giveUp(commitment);
        refuseLater(commitment.waiting(), commitment.pod(), FitError.notBound(denied));
    }

    private void bind(Commitment commitment) {
        boolean bound = false;
        RuntimeException failure = null;
        try {
            bound = records.bind(commitment.pod(), commitment.node());
        } catch (RuntimeException e) {
            failure = e;
        }
        if (!bound) {
            giveUp(commitment);
        }
        if (failure != null) {
            fail(commitment.waiting(), commitment.pod(), failure);
        }
        if (bound) {
            lock.lock();
            try {
                waitingPods.done(commitment.waiting());
            } finally {
                lock.unlock();
            }
        }
    }

    private void giveUp(Commitment commitment) {
        lock.lock();
        try {
            if (!isThere(commitment)) {
                snapshot.releaseFrom(commitment.node(), commitment.waiting().uid());
            }
        } finally {
            lock.unlock();
        }
        try {
            commitments.undo(commitment.pod(), commitment.node());
        } catch (RuntimeException failure) {
            LOG.warn(
                    "pod {}: what was reserved for it could not be given back",
                    commitment.waiting().key(),
                    failure);
        }
    }

    /** Somebody else may have bound the pod to that very node meanwhile. */
    private boolean isThere(Commitment commitment) {
        return store.find(ResourceTypes.POD, commitment.waiting().key())
                .filter(pod ->
                        pod.metadata().uidOrEmpty().equals(commitment.waiting().uid()))
                .filter(pod -> commitment.node().equals(pod.spec().nodeName()) && !pod.isFinished())
                .isPresent();
    }

    /** What denied the pod may allow it at any time without telling, so only time can help. */
    private void refuseLater(Waiting waiting, Pod pod, FitError error) {
        lock.lock();
        try {
            if (!waitingPods.holds(waiting)) {
                return;
            }
            signalAfter(waitingPods.fail(waiting, time.instant()));
        } finally {
            lock.unlock();
        }
        try {
            records.refused(pod, PodScheduled.UNSCHEDULABLE, error.message());
        } catch (RuntimeException failure) {
            LOG.debug("pod {}: its condition could not be written", waiting.key(), failure);
        }
    }

    private void signalAfter(Duration delay) {
        WorkQueue<Signal> queue = runs;
        if (queue != null) {
            queue.addAfter(Signal.RUN, delay);
        }
    }

    private void guarded(Waiting waiting, Pod pod, Runnable write) {
        try {
            write.run();
        } catch (RuntimeException failure) {
            fail(waiting, pod, failure);
        }
    }

    /** One pod's failure must not stop the others: it alone is tried again, later. */
    private void fail(Waiting waiting, Pod pod, RuntimeException failure) {
        Duration backoff;
        lock.lock();
        try {
            backoff = waitingPods.fail(waiting, time.instant());
        } finally {
            lock.unlock();
        }
        LOG.warn("pod {}: could not be scheduled: tried again in {}", waiting.key(), backoff, failure);
        signalAfter(backoff);
        String message = failure.getMessage() == null ? failure.toString() : failure.getMessage();
        try {
            records.refused(pod, PodScheduled.ERROR, message);
        } catch (RuntimeException alsoFailed) {
            LOG.debug("pod {}: its condition could not be written", waiting.key(), alsoFailed);
        }
    }
}
