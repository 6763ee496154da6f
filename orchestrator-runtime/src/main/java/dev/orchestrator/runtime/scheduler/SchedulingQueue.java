package dev.orchestrator.runtime.scheduler;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.function.Predicate;

import dev.orchestrator.api.model.ObjectKey;
import dev.orchestrator.api.model.core.Pod;
import dev.orchestrator.runtime.scheduler.framework.NodeInfo;
import dev.orchestrator.runtime.scheduler.framework.PodInfo;
import org.jspecify.annotations.Nullable;

/**
 * The pods that wait for a node.
 *
 * <ul>
 *   <li>active: to be tried now, the most important first, then the one that has waited longest;
 *   <li>backing off: to be tried again, but after all that are active, or once their back-off is over;
 *   <li>unschedulable: not tried before a node changes in a way that lets it take the pod.
 * </ul>
 *
 * <p>Not thread-safe.
 */
final class SchedulingQueue {

    private static final Duration INITIAL_BACKOFF = Duration.ofSeconds(1);
    private static final Duration MAX_BACKOFF = Duration.ofSeconds(10);

    /** One waiting pod. */
    static final class Waiting {

        private final ObjectKey key;
        private final String uid;
        private final int priority;
        private final long sequence;
        private int attempts;
        private Instant backoffUntil = Instant.MIN;
        private @Nullable PodInfo refusedAs;
        private List<NodeInfo> wokenBy = List.of();

        Waiting(ObjectKey key, Pod pod, long sequence) {
            this.key = key;
            this.uid = pod.metadata().uidOrEmpty();
            this.priority = pod.spec().priority() == null ? 0 : pod.spec().priority();
            this.sequence = sequence;
        }

        ObjectKey key() {
            return key;
        }

        String uid() {
            return uid;
        }

        /** {@return the nodes whose change is the reason for this attempt; empty when it is to look at all} */
        List<NodeInfo> wokenBy() {
            return wokenBy;
        }
    }

    private static final Comparator<Waiting> IMPORTANT_FIRST =
            Comparator.comparingInt((Waiting pod) -> -pod.priority).thenComparingLong(pod -> pod.sequence);
    private static final Comparator<Waiting> SOONEST_FIRST =
            Comparator.comparing((Waiting pod) -> pod.backoffUntil).thenComparing(IMPORTANT_FIRST);

    private final Map<ObjectKey, Waiting> waiting = new HashMap<>();
    private final Map<ObjectKey, Waiting> unschedulable = new HashMap<>();
    private final PriorityQueue<Waiting> active = new PriorityQueue<>(IMPORTANT_FIRST);
    private final PriorityQueue<Waiting> refused = new PriorityQueue<>(SOONEST_FIRST);
    private final PriorityQueue<Waiting> failed = new PriorityQueue<>(SOONEST_FIRST);
    private long nextSequence;

    /** Adds a pod that is new or has changed so that another attempt may end otherwise. */
    void offer(ObjectKey key, Pod pod) {
        Waiting known = waiting.get(key);
        if (known == null || !known.uid.equals(pod.metadata().uidOrEmpty())) {
            forget(key);
            var fresh = new Waiting(key, pod, nextSequence++);
            waiting.put(key, fresh);
            active.add(fresh);
        } else if (unschedulable.remove(key) != null) {
            known.wokenBy = List.of();
            active.add(known);
        }
    }

    /** Drops a pod that is bound or gone; what is left of it in a heap is passed over later. */
    void forget(ObjectKey key) {
        waiting.remove(key);
        unschedulable.remove(key);
    }

    /** {@return the pod to try next; null when none is due} */
    @Nullable
    Waiting poll(Instant now) {
        activateDue(refused, now);
        activateDue(failed, now);
        Waiting next = pollFrom(active);
        // With nothing else to do a pod that was only refused need not wait; one whose attempt failed must.
        return next != null ? next : pollFrom(refused);
    }

    private void activateDue(PriorityQueue<Waiting> backingOff, Instant now) {
        Waiting next = backingOff.peek();
        while (next != null && !next.backoffUntil.isAfter(now)) {
            active.add(backingOff.remove());
            next = backingOff.peek();
        }
    }

    private @Nullable Waiting pollFrom(PriorityQueue<Waiting> heap) {
        Waiting next = heap.poll();
        while (next != null && waiting.get(next.key) != next) {
            next = heap.poll();
        }
        return next;
    }

    /** Ends an attempt: the pod is bound. */
    void done(Waiting pod) {
        waiting.remove(pod.key, pod);
    }

    /** Ends an attempt: no node takes the pod. */
    void refuse(Waiting pod, PodInfo refusedAs, Instant now) {
        if (waiting.get(pod.key) != pod) {
            return;
        }
        pod.attempts++;
        pod.backoffUntil = now.plus(backoff(pod.attempts));
        pod.refusedAs = refusedAs;
        pod.wokenBy = List.of();
        unschedulable.put(pod.key, pod);
    }

    /** Ends an attempt that did not have to be made after all: what woke the pod is gone again. */
    void putBack(Waiting pod) {
        if (waiting.get(pod.key) != pod) {
            return;
        }
        pod.wokenBy = List.of();
        unschedulable.put(pod.key, pod);
    }

    /** Ends an attempt that failed for another reason; {@return how long until it is repeated} */
    Duration fail(Waiting pod, Instant now) {
        pod.attempts++;
        Duration backoff = backoff(pod.attempts);
        pod.backoffUntil = now.plus(backoff);
        if (waiting.get(pod.key) == pod) {
            unschedulable.remove(pod.key);
            failed.add(pod);
        }
        return backoff;
    }

    private static Duration backoff(int attempts) {
        Duration doubled = INITIAL_BACKOFF.multipliedBy(1L << Math.min(attempts - 1, 10));
        return doubled.compareTo(MAX_BACKOFF) > 0 ? MAX_BACKOFF : doubled;
    }

    /** {@return whether a change of a node could wake a pod} */
    boolean hasUnschedulable() {
        return !unschedulable.isEmpty();
    }

    /**
     * Wakes the unschedulable pods that one of these nodes may take now.
     *
     * @param helped whether a pod is one of them
     */
    void wake(List<NodeInfo> nodes, Predicate<PodInfo> helped, Instant now) {
        var woken = new ArrayList<Waiting>();
        for (Waiting pod : unschedulable.values()) {
            PodInfo refusedAs = pod.refusedAs;
            if (refusedAs == null || helped.test(refusedAs)) {
                woken.add(pod);
            }
        }
        for (Waiting pod : woken) {
            unschedulable.remove(pod.key);
            pod.wokenBy = nodes;
            (pod.backoffUntil.isAfter(now) ? refused : active).add(pod);
        }
    }
}
