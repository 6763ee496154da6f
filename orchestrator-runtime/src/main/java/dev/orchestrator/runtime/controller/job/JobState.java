package dev.orchestrator.runtime.controller.job;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;

import dev.orchestrator.api.model.batch.Job;
import dev.orchestrator.api.model.batch.UncountedTerminatedPods;
import dev.orchestrator.api.model.core.Pod;
import org.jspecify.annotations.Nullable;

/**
 * What a job and its pods amount to at a moment.
 *
 * @param job the job
 * @param pods the pods it has something to do about: none that has ended and has been counted
 * @param active those that run or are going to
 * @param ready how many of them are ready
 * @param terminating how many pods are being deleted and have not ended
 * @param newlySucceeded those that have succeeded and are in no list yet
 * @param newlyFailed those that have failed and are in no list yet
 * @param succeeded how many have succeeded in all
 * @param failed how many have failed in all, as far as failures count
 * @param completedBefore the indexes that the status says are done
 * @param completed the indexes that are done
 * @param failedIndexes the indexes that have been given up; null when failures are not limited by index
 * @param awaitingReplacement by index the failed pod whose place nobody has taken yet
 * @param startTime since when the job has been going on; null while it is suspended from the beginning
 * @param now the moment
 */
record JobState(
        Job job,
        List<Pod> pods,
        List<Pod> active,
        int ready,
        int terminating,
        List<Pod> newlySucceeded,
        List<Pod> newlyFailed,
        int succeeded,
        int failed,
        IndexSet completedBefore,
        IndexSet completed,
        @Nullable IndexSet failedIndexes,
        Map<Integer, Pod> awaitingReplacement,
        @Nullable Instant startTime,
        Instant now) {

    private static final UncountedTerminatedPods NONE = new UncountedTerminatedPods(List.of(), List.of());

    /** Looks at everything once; reads no clock and changes nothing. */
    static JobState of(Job job, List<Pod> pods, Instant now) {
        List<Pod> active = pods.stream().filter(Pod::isActive).toList();
        UncountedTerminatedPods uncounted = uncounted(job);
        List<Pod> succeeded = uncountedPods(job, pods, uncounted.succeeded(), Tracking::hasSucceeded);
        List<Pod> failed = uncountedPods(job, pods, uncounted.failed(), pod -> Tracking.hasFailed(pod, job));
        int counting = (int) failed.stream()
                .filter(pod ->
                        FailurePolicy.judge(job.spec().podFailurePolicy(), pod).counts())
                .count();
        int completions = completions(job);
        IndexSet before =
                job.isIndexed() ? IndexSet.parse(job.status().completedIndexes(), completions) : IndexSet.EMPTY;
        IndexSet completed = before.with(indexes(job, succeeded));
        IndexSet givenUp = isLimitedByIndex(job) ? failedIndexes(job, pods) : null;
        return new JobState(
                job,
                pods,
                active,
                (int) active.stream().filter(Pod::isReady).count(),
                (int) pods.stream().filter(Pod::isStopping).count(),
                succeeded,
                failed,
                job.isIndexed()
                        ? completed.total()
                        : job.status().succeeded()
                                + succeeded.size()
                                + uncounted.succeeded().size(),
                job.status().failed() + counting + uncounted.failed().size(),
                before,
                completed,
                givenUp,
                givenUp == null ? Map.of() : awaitingReplacement(job, pods, active, completed, givenUp),
                startTime(job, now),
                now);
    }

    /** A job that is resumed starts anew: its deadline counts the time that it goes on without a break. */
    private static @Nullable Instant startTime(Job job, Instant now) {
        boolean wasSuspended = job.condition("Suspended")
                .filter(condition -> condition.status().equals("True"))
                .isPresent();
        boolean isStarting = !job.isSuspended() && (wasSuspended || job.status().startTime() == null);
        return isStarting ? now.truncatedTo(ChronoUnit.SECONDS) : job.status().startTime();
    }

    /** {@return the moment as it is written down} */
    Instant stamp() {
        return now.truncatedTo(ChronoUnit.SECONDS);
    }

    static UncountedTerminatedPods uncounted(Job job) {
        return Objects.requireNonNullElse(job.status().uncountedTerminatedPods(), NONE);
    }

    /** {@return how many indexes the job has; 0 when it has none} */
    static int completions(Job job) {
        Integer completions = job.spec().completions();
        return completions == null || !job.isIndexed() ? 0 : completions;
    }

    static boolean isLimitedByIndex(Job job) {
        return job.isIndexed() && job.spec().backoffLimitPerIndex() != null;
    }

    private static List<Pod> uncountedPods(Job job, List<Pod> pods, List<String> listed, Predicate<Pod> condition) {
        var uids = new HashSet<>(listed);
        var found = new ArrayList<Pod>();
        for (Pod pod : pods) {
            boolean isMeant = Tracking.isHeld(pod)
                    && !uids.contains(pod.metadata().uidOrEmpty())
                    && (!job.isIndexed() || Tracking.hasIndexBelow(pod, completions(job)));
            if (isMeant && condition.test(pod)) {
                found.add(pod);
            }
        }
        return found;
    }

    private static List<Integer> indexes(Job job, List<Pod> pods) {
        return job.isIndexed() ? pods.stream().map(Tracking::index).toList() : List.of();
    }

    private static IndexSet failedIndexes(Job job, List<Pod> pods) {
        var failed = new ArrayList<Integer>();
        for (Pod pod : pods) {
            if (Tracking.isHeld(pod) && Tracking.hasIndexBelow(pod, completions(job)) && failsIndex(job, pod)) {
                failed.add(Tracking.index(pod));
            }
        }
        return IndexSet.parse(job.status().failedIndexes(), completions(job)).with(failed);
    }

    private static boolean failsIndex(Job job, Pod pod) {
        if (!Tracking.hasFailed(pod, job)) {
            return false;
        }
        var judgement = FailurePolicy.judge(job.spec().podFailurePolicy(), pod);
        Integer limit = job.spec().backoffLimitPerIndex();
        return judgement instanceof FailurePolicy.Judgement.FailsIndex
                || (judgement.counts() && limit != null && Tracking.failuresBefore(pod) >= limit);
    }

    /**
     * The last failed pod of each index is held until another one takes its place: that one has to know how many failed
     * before it.
     */
    private static Map<Integer, Pod> awaitingReplacement(
            Job job, List<Pod> pods, List<Pod> active, IndexSet completed, IndexSet givenUp) {
        Set<Integer> busy = new HashSet<>();
        active.forEach(pod -> busy.add(Tracking.index(pod)));
        var last = new HashMap<Integer, Pod>();
        for (Pod pod : pods) {
            int index = Tracking.index(pod);
            boolean isOpen = Tracking.isHeld(pod)
                    && Tracking.hasIndexBelow(pod, completions(job))
                    && !busy.contains(index)
                    && !completed.contains(index)
                    && !givenUp.contains(index);
            if (isOpen && Tracking.hasFailed(pod, job)) {
                last.merge(index, pod, JobState::later);
            }
        }
        return last;
    }

    private static Pod later(Pod known, Pod other) {
        boolean isLater = Tracking.allFailuresBefore(known) <= Tracking.allFailuresBefore(other)
                && !Tracking.endOf(other).isBefore(Tracking.endOf(known));
        return isLater ? other : known;
    }
}
