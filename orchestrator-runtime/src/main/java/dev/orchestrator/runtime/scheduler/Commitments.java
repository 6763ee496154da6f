package dev.orchestrator.runtime.scheduler;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

import dev.orchestrator.api.model.core.Pod;
import dev.orchestrator.api.scheduling.SchedulerPlugins;
import dev.orchestrator.api.scheduling.SchedulerPlugins.Named;
import dev.orchestrator.api.scheduling.SchedulingPermit;
import dev.orchestrator.api.scheduling.SchedulingPermit.Answer;
import dev.orchestrator.api.scheduling.SchedulingReserve;
import dev.orchestrator.runtime.scheduler.SchedulingQueue.Waiting;
import dev.orchestrator.runtime.text.GoText;
import org.jspecify.annotations.Nullable;

/**
 * What happens between the choice of a node and the binding: things are set aside, and permission is asked for.
 *
 * <p>Tickets are answered by any thread; all else is for the scheduler's. The lock is never held while a plug-in runs.
 */
final class Commitments {

    /** One pod on its way to a node. */
    static final class Commitment {
        private final Waiting waiting;
        private final Pod pod;
        private final String node;
        /** The rules that let the pod wait, and until when. */
        private final Map<String, Pending> pending = new LinkedHashMap<>();

        private final Set<String> allowed = new HashSet<>();
        private @Nullable String denied;
        private boolean isParked;

        Commitment(Waiting waiting, Pod pod, String node) {
            this.waiting = waiting;
            this.pod = pod;
            this.node = node;
        }

        Waiting waiting() {
            return waiting;
        }

        Pod pod() {
            return pod;
        }

        String node() {
            return node;
        }

        /** {@return why the pod must not go to the node; null when it may} */
        @Nullable
        String denied() {
            return denied;
        }
    }

    private record Pending(Duration longest, Instant until) {}

    /** What came of asking all rules. */
    enum Verdict {
        ALLOWED,
        DENIED,
        PENDING
    }

    private final List<Named<SchedulingReserve>> reserves;
    private final List<Named<SchedulingPermit>> permits;
    private final Runnable onSettled;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, Commitment> parked = new LinkedHashMap<>();
    private final Queue<Commitment> settled = new ArrayDeque<>();

    /**
     * Creates it without any pod.
     *
     * @param onSettled told, by any thread, that {@link #poll} has something to say
     */
    Commitments(SchedulerPlugins plugins, Runnable onSettled) {
        this.reserves = plugins.reserves();
        this.permits = plugins.permits();
        this.onSettled = onSettled;
    }

    /** Asks all rules; what was set aside for a pod that is not allowed to go has to be undone by the caller. */
    Verdict begin(Commitment commitment, Instant now) {
        for (Named<SchedulingReserve> reserve : reserves) {
            var refusal = reserve.plugin().reserve(commitment.pod, commitment.node);
            if (refusal.isPresent()) {
                commitment.denied = refusal.get();
                return Verdict.DENIED;
            }
        }
        for (Named<SchedulingPermit> permit : permits) {
            switch (permit.plugin().permit(commitment.pod, commitment.node, ticket(commitment, permit.name()))) {
                case Answer.Allow allow -> {}
                case Answer.Deny deny -> {
                    commitment.denied = deny.why();
                    return Verdict.DENIED;
                }
                case Answer.Wait wait -> await(commitment, permit.name(), wait.longest(), now);
            }
        }
        return parkUnlessAnswered(commitment);
    }

    private SchedulingPermit.Ticket ticket(Commitment commitment, String permit) {
        return new SchedulingPermit.Ticket() {
            @Override
            public void allow() {
                answer(commitment, permit, null);
            }

            @Override
            public void deny(String why) {
                answer(commitment, permit, why);
            }
        };
    }

    private void await(Commitment commitment, String permit, Duration longest, Instant now) {
        lock.lock();
        try {
            if (!commitment.allowed.contains(permit)) {
                commitment.pending.put(permit, new Pending(longest, now.plus(longest)));
            }
        } finally {
            lock.unlock();
        }
    }

    private Verdict parkUnlessAnswered(Commitment commitment) {
        lock.lock();
        try {
            if (commitment.denied != null) {
                return Verdict.DENIED;
            }
            if (commitment.pending.isEmpty()) {
                return Verdict.ALLOWED;
            }
            commitment.isParked = true;
            parked.put(commitment.waiting.uid(), commitment);
            return Verdict.PENDING;
        } finally {
            lock.unlock();
        }
    }

    private void answer(Commitment commitment, String permit, @Nullable String denied) {
        boolean isSettled;
        lock.lock();
        try {
            if (!commitment.allowed.add(permit) || commitment.denied != null) {
                return;
            }
            commitment.denied = denied;
            commitment.pending.remove(permit);
            isSettled = settleIfAnswered(commitment);
        } finally {
            lock.unlock();
        }
        if (isSettled) {
            onSettled.run();
        }
    }

    private boolean settleIfAnswered(Commitment commitment) {
        boolean isOpen = commitment.denied == null && !commitment.pending.isEmpty();
        if (!commitment.isParked || isOpen) {
            return false;
        }
        commitment.isParked = false;
        parked.remove(commitment.waiting.uid());
        settled.add(commitment);
        return true;
    }

    /** Denies a pod that waits; {@return whether it did} */
    boolean deny(String uid, String why) {
        lock.lock();
        try {
            Commitment commitment = parked.get(uid);
            if (commitment == null) {
                return false;
            }
            commitment.denied = why;
            settleIfAnswered(commitment);
        } finally {
            lock.unlock();
        }
        onSettled.run();
        return true;
    }

    /** {@return a pod whose waiting has ended, allowed or denied; null when there is none} */
    @Nullable
    Commitment poll(Instant now) {
        lock.lock();
        try {
            if (!parked.isEmpty()) {
                List.copyOf(parked.values()).forEach(commitment -> expire(commitment, now));
            }
            return settled.poll();
        } finally {
            lock.unlock();
        }
    }

    private void expire(Commitment commitment, Instant now) {
        for (var entry : commitment.pending.entrySet()) {
            Pending pending = entry.getValue();
            if (!pending.until.isAfter(now)) {
                commitment.denied = "rejected due to timeout after waiting " + GoText.duration(pending.longest)
                        + " at plugin " + entry.getKey();
                settleIfAnswered(commitment);
                return;
            }
        }
    }

    /** {@return how long until a pod that was just parked is denied} */
    Duration patience(Commitment commitment) {
        lock.lock();
        try {
            return commitment.pending.values().stream()
                    .map(Pending::longest)
                    .min(Duration::compareTo)
                    .orElse(Duration.ZERO);
        } finally {
            lock.unlock();
        }
    }

    /** Gives back what was set aside for a pod that does not go to the node after all, the last first. */
    void undo(Pod pod, String node) {
        for (Named<SchedulingReserve> reserve : reserves.reversed()) {
            reserve.plugin().unreserve(pod, node);
        }
    }
}
