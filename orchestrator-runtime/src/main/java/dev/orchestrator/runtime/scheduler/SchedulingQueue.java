package dev.orchestrator.runtime.scheduler;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.function.Function;

import dev.orchestrator.api.model.ObjectKey;
import dev.orchestrator.api.model.core.Pod;
import dev.orchestrator.runtime.scheduler.framework.ClusterEvent;
import dev.orchestrator.runtime.scheduler.framework.FilterPlugin;
import dev.orchestrator.runtime.scheduler.framework.NodeInfo;
import dev.orchestrator.runtime.scheduler.framework.PodInfo;
import org.jspecify.annotations.Nullable;

/**
 * The pods that wait for a node.
 *
 * <ul>
 *   <li>active: to be tried now, the most important first, then the one that has waited longest;
 *   <li>backing off: to be tried again, but after all that are active, or once their back-off is over;
 *   <li>unschedulable: not tried before a node changes in a way that lets it take the pod, or something happens
 *       elsewhere that one of the rules that refused it looks at.
 * </ul>
 *
 * <p>Not thread-safe.
 */
final class SchedulingQueue {

    private static final Duration INITIAL_BACKOFF = Duration.ofSeconds(1);
    private static final Duration MAX_BACKOFF = Duration.ofSeconds(10);

    private static final int EVERYWHERE = -1;
    /** With more improvements than this since a pod was woken, looking at all nodes costs little more. */
    private static final int MOST_IMPROVEMENTS = 256;

    /** One waiting pod. */
    static final class Waiting {

        private final ObjectKey key;
        private final String uid;
        private final int priority;
        private final long sequence;
        private int attempts;
        private Instant backoffUntil = Instant.MIN;
        private @Nullable PodInfo refusedAs;
        /** From where on improvements are the reason for the next attempt; negative when it is to look at all nodes. */
        private int wokenSince = EVERYWHERE;

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
    private final Entangled entangled = new Entangled();
    /** The nodes that improved since the first of the pods was woken that are still to be tried for it. */
    private final List<NodeInfo> improvements = new ArrayList<>();

    private int woken;
    private long nextSequence;

    /** Adds a pod that is new or has changed so that another attempt may end otherwise. */
    void offer(ObjectKey key, Pod pod) {
        Waiting known = waiting.get(key);
        if (known == null || !known.uid.equals(pod.metadata().uidOrEmpty())) {
            forget(key);
            var fresh = new Waiting(key, pod, nextSequence++);
            waiting.put(key, fresh);
            active.add(fresh);
        } else if (unschedulable.containsKey(key)) {
            leaveUnschedulable(known);
            active.add(known);
        } else {
            sleepNoMore(known);
        }
    }

    private void leaveUnschedulable(Waiting pod) {
        unschedulable.remove(pod.key);
        PodInfo refusedAs = pod.refusedAs;
        if (refusedAs != null) {
            entangled.remove(pod, refusedAs);
        }
    }

    /** Drops a pod that is bound or gone; what is left of it in a heap is passed over later. */
    void forget(ObjectKey key) {
        Waiting known = waiting.remove(key);
        if (known != null && unschedulable.containsKey(key)) {
            leaveUnschedulable(known);
        }
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

    /**
     * {@return the nodes whose change is the only reason to try the pod again; empty when it is to look at all}
     *
     * <p>To be asked once for each pod that is polled.
     */
    List<NodeInfo> takeReasons(Waiting pod) {
        int since = pod.wokenSince;
        if (since == EVERYWHERE) {
            return List.of();
        }
        List<NodeInfo> reasons = improvements.size() - since > MOST_IMPROVEMENTS
                ? List.of()
                : List.copyOf(new LinkedHashSet<>(improvements.subList(since, improvements.size())));
        sleepNoMore(pod);
        return reasons;
    }

    private void sleepNoMore(Waiting pod) {
        if (pod.wokenSince != EVERYWHERE) {
            pod.wokenSince = EVERYWHERE;
            if (--woken == 0) {
                improvements.clear();
            }
        }
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
            sleepNoMore(next);
            next = heap.poll();
        }
        return next;
    }

    /** {@return whether the pod still waits: it is neither bound nor gone} */
    boolean holds(Waiting pod) {
        return waiting.get(pod.key) == pod;
    }

    /** Ends an attempt: the pod is bound. */
    void done(Waiting pod) {
        waiting.remove(pod.key, pod);
        sleepNoMore(pod);
    }

    /** Ends an attempt: no node takes the pod. */
    void refuse(Waiting pod, PodInfo refusedAs, Set<FilterPlugin> refusedBy, Instant now) {
        if (!holds(pod)) {
            return;
        }
        pod.attempts++;
        pod.backoffUntil = now.plus(backoff(pod.attempts));
        sleep(pod, refusedAs, refusedBy);
    }

    private void sleep(Waiting pod, PodInfo refusedAs, Set<FilterPlugin> refusedBy) {
        pod.refusedAs = refusedAs;
        unschedulable.put(pod.key, pod);
        entangled.add(pod, refusedAs, refusedBy);
    }

    /** Ends an attempt that did not have to be made after all: what woke the pod is gone again. */
    void putBack(Waiting pod, PodInfo refusedAs, Set<FilterPlugin> refusedBy) {
        if (holds(pod)) {
            sleep(pod, refusedAs, refusedBy);
        }
    }

    /** Ends an attempt that failed for another reason; {@return how long until it is repeated} */
    Duration fail(Waiting pod, Instant now) {
        pod.attempts++;
        Duration backoff = backoff(pod.attempts);
        pod.backoffUntil = now.plus(backoff);
        if (holds(pod)) {
            leaveUnschedulable(pod);
            failed.add(pod);
        }
        return backoff;
    }

    private static Duration backoff(int attempts) {
        Duration doubled = INITIAL_BACKOFF.multipliedBy(1L << Math.min(attempts - 1, 10));
        return doubled.compareTo(MAX_BACKOFF) > 0 ? MAX_BACKOFF : doubled;
    }

    /**
     * Wakes the unschedulable pods that one of these nodes may take now, and those that something else may have helped.
     *
     * @param nodes those that have improved
     * @param events what else has happened
     * @param refusers says which rules still keep a pod off all these nodes; none when one of them takes it
     */
    void wake(
            List<NodeInfo> nodes,
            List<ClusterEvent> events,
            Function<PodInfo, Set<FilterPlugin>> refusers,
            Instant now) {
        if (woken > 0) {
            improvements.addAll(nodes);
        }
        if (unschedulable.isEmpty()) {
            return;
        }
        for (Waiting pod : entangled.helpedBy(events)) {
            wake(pod, EVERYWHERE, now);
        }
        if (nodes.isEmpty()) {
            return;
        }
        int since = woken > 0 ? improvements.size() - nodes.size() : 0;
        var helped = new ArrayList<Waiting>();
        for (Waiting pod : unschedulable.values()) {
            PodInfo refusedAs = pod.refusedAs;
            Set<FilterPlugin> refusedBy = refusedAs == null ? Set.of() : refusers.apply(refusedAs);
            if (refusedAs == null || refusedBy.isEmpty()) {
                helped.add(pod);
            } else {
                entangled.add(pod, refusedAs, refusedBy);
            }
        }
        if (woken == 0 && !helped.isEmpty()) {
            improvements.addAll(nodes);
        }
        helped.forEach(pod -> wake(pod, since, now));
    }

    private void wake(Waiting pod, int since, Instant now) {
        leaveUnschedulable(pod);
        pod.wokenSince = since;
        woken += since == EVERYWHERE ? 0 : 1;
        (pod.backoffUntil.isAfter(now) ? refused : active).add(pod);
    }
}
