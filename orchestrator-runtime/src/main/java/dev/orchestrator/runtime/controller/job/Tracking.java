package dev.orchestrator.runtime.controller.job;

import java.time.Instant;
import java.util.Map;

import dev.orchestrator.api.model.batch.Job;
import dev.orchestrator.api.model.core.ContainerStateTerminated;
import dev.orchestrator.api.model.core.ContainerStatus;
import dev.orchestrator.api.model.core.Pod;
import dev.orchestrator.api.model.core.PodCondition;
import org.jspecify.annotations.Nullable;

/** What a job has written on its pods, and what it reads off them. */
final class Tracking {

    /** Holds back a pod that its job has not counted yet. */
    static final String FINALIZER = "batch.kubernetes.io/job-tracking";

    static final String INDEX = "batch.kubernetes.io/job-completion-index";
    static final String FAILURES = "batch.kubernetes.io/job-index-failure-count";
    static final String IGNORED_FAILURES = "batch.kubernetes.io/job-index-ignored-failure-count";

    /** The index of a pod that has none. */
    static final int UNKNOWN = -1;

    private Tracking() {}

    /** {@return whether the job has still to count this pod} */
    static boolean isHeld(Pod pod) {
        return pod.metadata().finalizers().contains(FINALIZER);
    }

    static int index(Pod pod) {
        int index = number(pod.metadata().annotations(), INDEX, UNKNOWN);
        return index < 0 ? UNKNOWN : index;
    }

    /** {@return whether the pod stands for one of the indexes that the job has} */
    static boolean hasIndexBelow(Pod pod, int completions) {
        int index = index(pod);
        return index != UNKNOWN && index < completions;
    }

    /** {@return how many pods of its index failed before it, of those that count} */
    static int failuresBefore(Pod pod) {
        return Math.max(0, number(pod.metadata().annotations(), FAILURES, 0));
    }

    static int ignoredFailuresBefore(Pod pod) {
        return Math.max(0, number(pod.metadata().annotations(), IGNORED_FAILURES, 0));
    }

    static int allFailuresBefore(Pod pod) {
        return failuresBefore(pod) + ignoredFailuresBefore(pod);
    }

    private static int number(Map<String, String> annotations, String name, int otherwise) {
        String text = annotations.get(name);
        if (text == null) {
            return otherwise;
        }
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException notANumber) {
            return otherwise;
        }
    }

    static boolean hasSucceeded(Pod pod) {
        return "Succeeded".equals(pod.status().phase());
    }

    /** {@return whether the job takes the pod for failed: it has, or nobody would ever say that it has} */
    static boolean hasFailed(Pod pod, Job job) {
        if ("Failed".equals(pod.status().phase())) {
            return true;
        }
        return !replacesOnlyFailed(job) && pod.metadata().isTerminating() && !hasSucceeded(pod);
    }

    /** {@return whether a pod that is being deleted is replaced only after it has ended} */
    static boolean replacesOnlyFailed(Job job) {
        return "Failed".equals(job.spec().podReplacementPolicy()) || job.spec().podFailurePolicy() != null;
    }

    /** {@return when the pod ended, as well as can be told} */
    static Instant endOf(Pod pod) {
        Instant end = endOfContainers(pod);
        if (end == null) {
            end = pod.condition("Ready")
                    .filter(ready -> ready.status().equals("False"))
                    .map(PodCondition::lastTransitionTime)
                    .orElse(null);
        }
        if (end == null && pod.metadata().deletionTimestamp() != null) {
            Long grace = pod.metadata().deletionGracePeriodSeconds();
            end = pod.metadata().deletionTimestamp().minusSeconds(grace == null ? 0 : grace);
        }
        if (end == null) {
            end = pod.metadata().creationTimestamp();
        }
        return end == null ? Instant.EPOCH : end;
    }

    private static @Nullable Instant endOfContainers(Pod pod) {
        Instant latest = null;
        for (ContainerStatus status : pod.status().containerStatuses()) {
            ContainerStateTerminated terminated = status.state().terminated();
            Instant end = terminated == null ? null : terminated.finishedAt();
            if (end == null) {
                return null;
            }
            latest = latest == null || latest.isBefore(end) ? end : latest;
        }
        return latest;
    }
}
