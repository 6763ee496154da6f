package dev.orchestrator.runtime.controller.job;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

import dev.orchestrator.api.model.batch.Job;
import dev.orchestrator.api.model.batch.JobCondition;
import dev.orchestrator.api.model.batch.JobStatus;
import dev.orchestrator.api.model.batch.JobStatusBuilder;
import dev.orchestrator.api.model.batch.UncountedTerminatedPods;
import dev.orchestrator.api.model.core.Pod;
import org.jspecify.annotations.Nullable;

/**
 * Counts pods that have ended, each of them once, whenever the counting is interrupted: first the status names them,
 * then their finalizers are taken off, and only names without a finalizer are turned into numbers.
 *
 * @param status the status that names them; it has to be stored before any finalizer is taken off
 * @param release the pods whose finalizers may be taken off then
 * @param held the uids of all pods that hold a finalizer
 * @param isPartial whether there are more than one pass counts
 */
record Accounts(JobStatus status, List<Pod> release, Set<String> held, boolean isPartial) {

    /** How many pods a status names at most. */
    private static final int MOST = 500;

    /**
     * Enters the pods that have ended into a status.
     *
     * @param end how the job ends; null while it goes on
     * @param status the status so far
     */
    static Accounts of(JobState state, @Nullable JobCondition end, JobStatus status) {
        var held = new HashSet<String>();
        for (Pod pod : state.pods()) {
            if (Tracking.isHeld(pod)) {
                held.add(pod.metadata().uidOrEmpty());
            }
        }
        var entry = new Entry(state, end, counted(status, held));
        entry.enterAll();
        return new Accounts(entry.status(), List.copyOf(entry.release), held, entry.isFull());
    }

    /** {@return the status when only these pods are still held: of the others the names become numbers} */
    static JobStatus counted(JobStatus status, Set<String> held) {
        UncountedTerminatedPods uncounted = status.uncountedTerminatedPods();
        if (uncounted == null) {
            return JobStatusBuilder.builder(status)
                    .uncountedTerminatedPods(new UncountedTerminatedPods(List.of(), List.of()))
                    .build();
        }
        List<String> succeeded =
                uncounted.succeeded().stream().filter(held::contains).toList();
        List<String> failed = uncounted.failed().stream().filter(held::contains).toList();
        int newlySucceeded = uncounted.succeeded().size() - succeeded.size();
        int newlyFailed = uncounted.failed().size() - failed.size();
        if (newlySucceeded + newlyFailed == 0) {
            return status;
        }
        return JobStatusBuilder.builder(status)
                .succeeded(status.succeeded() + newlySucceeded)
                .failed(status.failed() + newlyFailed)
                .uncountedTerminatedPods(new UncountedTerminatedPods(failed, succeeded))
                .build();
    }

    /** {@return the status with a condition more, or with another one of that type} */
    static JobStatus with(JobStatus status, JobCondition condition) {
        var conditions = new ArrayList<>(status.conditions());
        conditions.replaceAll(present -> present.type().equals(condition.type()) ? condition : present);
        if (!conditions.contains(condition)) {
            conditions.add(condition);
        }
        return JobStatusBuilder.builder(status).conditions(conditions).build();
    }

    /** {@return whether all pods have ended and have been counted} */
    static boolean isSettled(JobStatus status) {
        UncountedTerminatedPods uncounted = status.uncountedTerminatedPods();
        Integer terminating = status.terminating();
        return (terminating == null || terminating == 0)
                && (uncounted == null
                        || (uncounted.failed().isEmpty()
                                && uncounted.succeeded().isEmpty()));
    }

    /** {@return the status of a job that has ended as announced} */
    static JobStatus finished(JobStatus status, JobCondition announced, Instant now) {
        JobCondition last = Ending.last(announced, now);
        JobStatus finished = with(status, last);
        return last.type().equals(Ending.COMPLETE)
                ? JobStatusBuilder.builder(finished).completionTime(now).build()
                : finished;
    }

    /** One entering of pods into a status. */
    private static final class Entry {

        private final JobState state;
        private final Job job;
        private final @Nullable JobCondition end;
        private final JobStatus before;
        private final List<String> succeeded;
        private final List<String> failed;
        private final Set<String> known;
        private final List<Pod> release = new ArrayList<>();
        private int indexes;

        Entry(JobState state, @Nullable JobCondition end, JobStatus before) {
            this.state = state;
            this.job = state.job();
            this.end = end;
            this.before = before;
            UncountedTerminatedPods uncounted = JobState.uncounted(job);
            UncountedTerminatedPods left = before.uncountedTerminatedPods();
            this.succeeded = new ArrayList<>(left == null ? List.of() : left.succeeded());
            this.failed = new ArrayList<>(left == null ? List.of() : left.failed());
            this.known = new HashSet<>(uncounted.succeeded());
            this.known.addAll(uncounted.failed());
        }

        boolean isFull() {
            return indexes + succeeded.size() + failed.size() >= MOST;
        }

        void enterAll() {
            List<Pod> pods = new ArrayList<>(state.pods());
            if (job.isIndexed()) {
                pods.sort(Comparator.comparingInt(Tracking::index));
            }
            Predicate<Pod> isDue = pod -> Tracking.isHeld(pod) && mayRelease(pod);
            for (Pod pod : pods) {
                if (isFull()) {
                    return;
                }
                if (isDue.test(pod)) {
                    release.add(pod);
                    enter(pod);
                }
            }
        }

        private boolean mayRelease(Pod pod) {
            if (job.metadata().isTerminating() || end != null || Tracking.hasSucceeded(pod)) {
                return true;
            }
            return Tracking.hasFailed(pod, job)
                    && !isSame(state.awaitingReplacement().get(Tracking.index(pod)), pod);
        }

        private static boolean isSame(@Nullable Pod one, Pod other) {
            return one != null
                    && one.metadata().uidOrEmpty().equals(other.metadata().uidOrEmpty());
        }

        private void enter(Pod pod) {
            String uid = pod.metadata().uidOrEmpty();
            boolean counts = !known.contains(uid)
                    && (!job.isIndexed() || Tracking.hasIndexBelow(pod, JobState.completions(job)));
            if (!counts) {
                return;
            }
            if (Tracking.hasSucceeded(pod)) {
                if (!job.isIndexed()) {
                    succeeded.add(uid);
                } else if (!state.completedBefore().contains(Tracking.index(pod))) {
                    indexes++;
                }
            } else if (isTakenForFailed(pod)) {
                failed.add(uid);
            }
        }

        /**
         * When a job is given up, so are all pods that still run; when it is done before them, they count for nothing.
         */
        private boolean isTakenForFailed(Pod pod) {
            boolean isGivenUp = end != null && !end.type().equals(Ending.SUCCESS_CRITERIA_MET);
            return (Tracking.hasFailed(pod, job) || isGivenUp)
                    && FailurePolicy.judge(job.spec().podFailurePolicy(), pod).counts();
        }

        JobStatus status() {
            JobStatusBuilder builder = JobStatusBuilder.builder(before)
                    .uncountedTerminatedPods(new UncountedTerminatedPods(failed, succeeded));
            if (job.isIndexed()) {
                String completed = state.completed().toString();
                IndexSet givenUp = state.failedIndexes();
                builder.succeeded(state.completed().total())
                        .completedIndexes(completed.isEmpty() ? null : completed)
                        .failedIndexes(givenUp == null ? null : givenUp.toString());
            }
            JobStatus status = builder.build();
            boolean isNews =
                    end != null && job.condition(end.type()).filter(end::equals).isEmpty();
            return isNews && end != null ? with(status, end) : status;
        }
    }
}
