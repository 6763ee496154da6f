package dev.orchestrator.runtime.controller.job;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import dev.orchestrator.api.model.batch.Job;
import dev.orchestrator.api.model.batch.JobCondition;
import dev.orchestrator.api.model.core.Pod;
import org.jspecify.annotations.Nullable;

/**
 * What one pass over a job changes about its pods: it creates some or deletes some, never both.
 *
 * @param stop pods to delete because the job ends; they are still counted
 * @param drop pods to delete because there are too many; they are not counted
 * @param create the pods to create
 * @param delay how long to wait before more are created; zero when nothing waits
 * @param isPartial whether there is more to do than one pass does
 */
record JobPlan(List<Pod> stop, List<Pod> drop, List<NewPod> create, Duration delay, boolean isPartial) {

    /** How many pods one pass creates or deletes, so that a large job does not keep others waiting. */
    static final int MOST = 500;

    private static final JobPlan NOTHING = new JobPlan(List.of(), List.of(), List.of(), Duration.ZERO, false);

    /**
     * A pod to create.
     *
     * @param index the index it stands for; {@link Tracking#UNKNOWN} for none
     * @param failures how many of its index have failed before it; null when nobody counts
     * @param ignoredFailures how many failures of its index did not count
     */
    record NewPod(int index, @Nullable Integer failures, int ignoredFailures) {}

    /** Copies the lists. */
    JobPlan {
        stop = List.copyOf(stop);
        drop = List.copyOf(drop);
        create = List.copyOf(create);
    }

    /** Those first that have done least: not bound, not running, not ready, youngest. */
    private static final Comparator<Pod> LEAST_DONE = Comparator.comparing(JobPlan::isBound)
            .thenComparing(pod -> "Running".equals(pod.status().phase()))
            .thenComparing(Pod::isReady)
            .thenComparing(pod -> pod.readySince().orElse(null), Comparator.nullsFirst(Comparator.reverseOrder()))
            .thenComparing(pod -> Ending.restarts(pod.status().containerStatuses()), Comparator.reverseOrder())
            .thenComparing(pod -> pod.metadata().creationTimestamp(), Comparator.nullsFirst(Comparator.reverseOrder()))
            .thenComparing(pod -> pod.metadata().uidOrEmpty());

    private static boolean isBound(Pod pod) {
        String node = pod.spec().nodeName();
        return node != null && !node.isEmpty();
    }

    /**
     * Compares wanted and actual; reads no clock and changes nothing.
     *
     * @param end how the job ends; null while it goes on
     * @param failures how many pods have failed in a row
     */
    static JobPlan of(JobState state, @Nullable JobCondition end, FailureRecord failures) {
        if (end != null) {
            return new JobPlan(state.active(), List.of(), List.of(), Duration.ZERO, false);
        }
        Job job = state.job();
        if (job.metadata().isTerminating()) {
            return NOTHING;
        }
        if (job.isSuspended()) {
            return dropping(state.active());
        }
        int wanted = wanted(state);
        List<Pod> surplus = surplus(state, state.active().size() - wanted);
        if (!surplus.isEmpty()) {
            return dropping(surplus);
        }
        int terminating = Tracking.replacesOnlyFailed(job) ? state.terminating() : 0;
        int missing = wanted - terminating - state.active().size();
        return missing <= 0 ? NOTHING : creating(state, missing, failures);
    }

    private static JobPlan dropping(List<Pod> pods) {
        boolean isPartial = pods.size() > MOST;
        return new JobPlan(List.of(), isPartial ? pods.subList(0, MOST) : pods, List.of(), Duration.ZERO, isPartial);
    }

    /** {@return how many pods should run} */
    private static int wanted(JobState state) {
        Integer parallelism = state.job().spec().parallelism();
        int most = parallelism == null ? 1 : parallelism;
        Integer completions = state.job().spec().completions();
        if (completions == null) {
            // The first success says that the work is done: those that run may finish, nobody joins them.
            return state.succeeded() > 0 ? state.active().size() : most;
        }
        return Math.max(0, Math.min(most, completions - state.succeeded()));
    }

    private static List<Pod> surplus(JobState state, int least) {
        if (!state.job().isIndexed()) {
            return least <= 0
                    ? List.of()
                    : state.active().stream().sorted(LEAST_DONE).limit(least).toList();
        }
        var surplus = new ArrayList<Pod>();
        var kept = new ArrayList<Pod>();
        int completions = JobState.completions(state.job());
        Map<Integer, List<Pod>> byIndex = new HashMap<>();
        for (Pod pod : state.active()) {
            if (Tracking.hasIndexBelow(pod, completions)) {
                byIndex.computeIfAbsent(Tracking.index(pod), index -> new ArrayList<>())
                        .add(pod);
            } else {
                surplus.add(pod);
            }
        }
        byIndex.values().forEach(same -> {
            same.sort(LEAST_DONE);
            surplus.addAll(same.subList(0, same.size() - 1));
            kept.add(same.getLast());
        });
        if (surplus.size() < least) {
            kept.sort(LEAST_DONE);
            surplus.addAll(kept.subList(0, least - surplus.size()));
        }
        return surplus;
    }

    private static JobPlan creating(JobState state, int missing, FailureRecord failures) {
        boolean isPartial = missing > MOST;
        int count = Math.min(missing, MOST);
        if (JobState.isLimitedByIndex(state.job())) {
            return creatingByIndex(state, count, isPartial);
        }
        Duration wait = failures.remaining(state.now());
        if (wait.isPositive()) {
            return waiting(wait);
        }
        var create = new ArrayList<NewPod>(count);
        if (state.job().isIndexed()) {
            pending(state, count).forEach(index -> create.add(new NewPod(index, null, 0)));
        } else {
            for (int i = 0; i < count; i++) {
                create.add(new NewPod(Tracking.UNKNOWN, null, 0));
            }
        }
        return new JobPlan(List.of(), List.of(), create, Duration.ZERO, isPartial);
    }

    private static JobPlan waiting(Duration wait) {
        return new JobPlan(List.of(), List.of(), List.of(), wait, false);
    }

    /** Each index waits for itself. */
    private static JobPlan creatingByIndex(JobState state, int count, boolean isPartial) {
        var create = new ArrayList<NewPod>(count);
        Duration shortest = Duration.ZERO;
        for (int index : pending(state, count)) {
            Pod replaced = state.awaitingReplacement().get(index);
            Duration wait = FailureRecord.remaining(replaced, state.now());
            if (!wait.isPositive()) {
                create.add(replacing(state.job(), index, replaced));
            } else if (shortest.isZero() || wait.compareTo(shortest) < 0) {
                shortest = wait;
            }
        }
        return new JobPlan(List.of(), List.of(), create, shortest, isPartial);
    }

    private static NewPod replacing(Job job, int index, @Nullable Pod replaced) {
        if (replaced == null) {
            return new NewPod(index, 0, 0);
        }
        boolean counts =
                FailurePolicy.judge(job.spec().podFailurePolicy(), replaced).counts();
        return new NewPod(
                index,
                Tracking.failuresBefore(replaced) + (counts ? 1 : 0),
                Tracking.ignoredFailuresBefore(replaced) + (counts ? 0 : 1));
    }

    /** {@return the lowest indexes that nobody works on} */
    private static List<Integer> pending(JobState state, int count) {
        boolean waitsForEnd = Tracking.replacesOnlyFailed(state.job());
        Set<Integer> busy = new HashSet<>();
        for (Pod pod : state.pods()) {
            int index = Tracking.index(pod);
            if (index != Tracking.UNKNOWN && (pod.isActive() || (waitsForEnd && pod.isStopping()))) {
                busy.add(index);
            }
        }
        IndexSet taken = state.completed().with(busy);
        IndexSet givenUp = state.failedIndexes();
        return (givenUp == null ? taken : taken.with(givenUp)).firstOutside(count, JobState.completions(state.job()));
    }
}
