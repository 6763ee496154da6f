package dev.orchestrator.runtime.controller.replicaset;

import dev.orchestrator.api.model.core.Pod;
import org.jspecify.annotations.Nullable;

/**
 * What one owner's pods amount to, kept up to date change by change, so that a pod among ten thousand that becomes
 * ready does not make anybody count the others.
 *
 * <p>The pump thread writes, the worker of the owner reads. A pass that lists the pods says up to which revision it has
 * seen them; until the counts have come as far they are not used, so that no status ever goes back in time.
 */
final class PodTally {

    /**
     * The counts at a moment.
     *
     * @param ready how many active pods are ready
     * @param stopping how many pods are being deleted and have not ended
     * @param revision the revision of the last change that is counted
     */
    record Counts(int ready, int stopping, long revision) {

        private static final Counts NONE = new Counts(0, 0, 0);
    }

    private volatile Counts counts = Counts.NONE;
    private volatile boolean recount = true;
    private volatile long seenFrom;
    private volatile long seenTo;

    /**
     * Counts a change of one of the owner's pods.
     *
     * @param before the pod before; null when it is new here
     * @param after the pod now; null when it is no longer here
     * @param revision the revision of the change; 0 when it is not known
     * @return whether the owner has to look at it
     */
    boolean count(@Nullable Pod before, @Nullable Pod after, long revision) {
        Counts old = counts;
        int ready = ready(after) - ready(before);
        int stopping = stopping(after) - stopping(before);
        counts = new Counts(old.ready() + ready, old.stopping() + stopping, Math.max(old.revision(), revision));
        if (revision > 0 && revision <= seenFrom) {
            return false;
        }
        if (active(before) != active(after) || !sameLabels(before, after)) {
            recount = true;
            return true;
        }
        return ready != 0 || stopping != 0;
    }

    private static boolean active(@Nullable Pod pod) {
        return pod != null && pod.isActive();
    }

    private static int ready(@Nullable Pod pod) {
        return pod != null && pod.isActive() && pod.isReady() ? 1 : 0;
    }

    private static int stopping(@Nullable Pod pod) {
        return pod != null && pod.isStopping() ? 1 : 0;
    }

    private static boolean sameLabels(@Nullable Pod before, @Nullable Pod after) {
        return before == null
                || after == null
                || before.metadata().labels().equals(after.metadata().labels());
    }

    /** Asks for the pods to be listed in the next pass. */
    void requestRecount() {
        recount = true;
    }

    /** Says that the pods are about to be listed. */
    void recountStarted() {
        recount = false;
    }

    /** Says that a pass has listed the pods as they were at one of these revisions or between them. */
    void recounted(long from, long to) {
        seenTo = to;
        seenFrom = from;
    }

    /** {@return whether the counts are at least as new as the last listing} */
    boolean covers(Counts some) {
        return some.revision() >= seenTo;
    }

    /** {@return whether the pods have to be listed} */
    boolean needsRecount() {
        return recount;
    }

    /** {@return the counts; they lag behind the store by what the pump has not handed out} */
    Counts counts() {
        return counts;
    }
}
