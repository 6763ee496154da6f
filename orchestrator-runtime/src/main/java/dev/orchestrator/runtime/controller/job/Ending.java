package dev.orchestrator.runtime.controller.job;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import dev.orchestrator.api.model.batch.Job;
import dev.orchestrator.api.model.batch.JobCondition;
import dev.orchestrator.api.model.batch.SuccessPolicyRule;
import dev.orchestrator.api.model.core.ContainerStatus;
import dev.orchestrator.api.model.core.Pod;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether a job ends, and why. It does so in two steps: first a condition says how it will end, and once all
 * its pods have ended and have been counted, another one says that it has.
 */
final class Ending {

    static final String SUCCESS_CRITERIA_MET = "SuccessCriteriaMet";
    static final String FAILURE_TARGET = "FailureTarget";
    static final String COMPLETE = "Complete";
    static final String FAILED = "Failed";

    private Ending() {}

    /**
     * {@return the condition that announces the end; null when the job goes on as far as its failures and rules say}
     */
    static @Nullable JobCondition of(JobState state) {
        Job job = state.job();
        for (String announced : List.of(SUCCESS_CRITERIA_MET, FAILURE_TARGET)) {
            var present = job.condition(announced)
                    .filter(condition -> condition.status().equals("True"));
            if (present.isPresent()) {
                return present.get();
            }
        }
        JobCondition failure = failure(state);
        return failure != null ? failure : success(state);
    }

    private static @Nullable JobCondition failure(JobState state) {
        Job job = state.job();
        for (Pod pod : state.pods()) {
            if (Tracking.hasFailed(pod, job)
                    && FailurePolicy.judge(job.spec().podFailurePolicy(), pod)
                            instanceof FailurePolicy.Judgement.FailsJob(String message)) {
                return fails("PodFailurePolicy", message, state);
            }
        }
        Integer limit = job.spec().backoffLimit();
        if (limit != null && (state.failed() > limit || hasRestartedTooOften(job, limit, state.pods()))) {
            return fails("BackoffLimitExceeded", "Job has reached the specified backoff limit", state);
        }
        Duration left = timeLeft(state);
        if (left != null && !left.isPositive()) {
            return fails("DeadlineExceeded", "Job was active longer than specified deadline", state);
        }
        IndexSet givenUp = state.failedIndexes();
        return givenUp == null ? null : failure(state, givenUp);
    }

    private static @Nullable JobCondition failure(JobState state, IndexSet givenUp) {
        Integer most = state.job().spec().maxFailedIndexes();
        if (most != null && givenUp.total() > most) {
            return fails(
                    "MaxFailedIndexesExceeded",
                    "Job has exceeded the specified maximal number of failed indexes",
                    state);
        }
        boolean isOver = givenUp.total() + state.completed().total() >= JobState.completions(state.job());
        return !givenUp.ranges().isEmpty() && isOver ? fails("FailedIndexes", "Job has failed indexes", state) : null;
    }

    private static JobCondition fails(String reason, String message, JobState state) {
        return condition(FAILURE_TARGET, reason, message, state.stamp());
    }

    static JobCondition condition(String type, String reason, String message, Instant now) {
        return new JobCondition(now, now, message, reason, "True", type);
    }

    /** Pods whose containers are restarted in place never fail; their restarts count instead. */
    private static boolean hasRestartedTooOften(Job job, int limit, List<Pod> pods) {
        if (!"OnFailure".equals(job.spec().template().spec().restartPolicy())) {
            return false;
        }
        int restarts = 0;
        for (Pod pod : pods) {
            String phase = pod.status().phase();
            if ("Running".equals(phase) || "Pending".equals(phase)) {
                restarts += restarts(pod.status().initContainerStatuses())
                        + restarts(pod.status().containerStatuses());
            }
        }
        return restarts >= Math.max(1, limit);
    }

    static int restarts(List<ContainerStatus> statuses) {
        return statuses.stream().mapToInt(ContainerStatus::restartCount).sum();
    }

    /** {@return how long the job may still go on; null when nothing limits it} */
    static @Nullable Duration timeLeft(JobState state) {
        Long most = state.job().spec().activeDeadlineSeconds();
        Instant start = state.startTime();
        if (most == null || start == null || state.job().isSuspended()) {
            return null;
        }
        return Duration.ofSeconds(most).minus(Duration.between(start, state.now()));
    }

    private static @Nullable JobCondition success(JobState state) {
        var policy = state.job().spec().successPolicy();
        if (policy == null || state.completed().ranges().isEmpty()) {
            return null;
        }
        for (int i = 0; i < policy.rules().size(); i++) {
            if (isMet(policy.rules().get(i), state)) {
                return condition(SUCCESS_CRITERIA_MET, "SuccessPolicy", "Matched rules at index " + i, state.stamp());
            }
        }
        return null;
    }

    private static boolean isMet(SuccessPolicyRule rule, JobState state) {
        Integer count = rule.succeededCount();
        if (rule.succeededIndexes() == null) {
            return count != null && state.completed().total() >= count;
        }
        IndexSet wanted = IndexSet.parse(rule.succeededIndexes(), JobState.completions(state.job()));
        int done = wanted.shared(state.completed());
        return !wanted.ranges().isEmpty() && (done == wanted.total() || (count != null && done >= count));
    }

    /** {@return whether a job that nothing ends early has done what it was to do} */
    static boolean isComplete(JobState state, int active) {
        Integer completions = state.job().spec().completions();
        int wanted = completions == null ? 1 : completions;
        return active == 0 && state.succeeded() >= wanted;
    }

    static JobCondition completed(JobState state) {
        return condition(
                SUCCESS_CRITERIA_MET, "CompletionsReached", "Reached expected number of succeeded pods", state.stamp());
    }

    /** {@return the condition that says that what was announced has come} */
    static JobCondition last(JobCondition announced, Instant now) {
        String type = announced.type().equals(SUCCESS_CRITERIA_MET) ? COMPLETE : FAILED;
        return condition(
                type,
                announced.reason() == null ? "" : announced.reason(),
                announced.message() == null ? "" : announced.message(),
                now);
    }
}
