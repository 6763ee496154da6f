package dev.orchestrator.runtime.controller.job;

import java.util.List;

import dev.orchestrator.api.model.batch.PodFailurePolicy;
import dev.orchestrator.api.model.batch.PodFailurePolicyOnExitCodesRequirement;
import dev.orchestrator.api.model.batch.PodFailurePolicyOnPodConditionsPattern;
import dev.orchestrator.api.model.batch.PodFailurePolicyRule;
import dev.orchestrator.api.model.core.ContainerStateTerminated;
import dev.orchestrator.api.model.core.ContainerStatus;
import dev.orchestrator.api.model.core.Pod;
import dev.orchestrator.api.model.core.PodCondition;
import org.jspecify.annotations.Nullable;

/** What the policy of a job says about a pod that has failed. */
final class FailurePolicy {

    /** What follows from the failure of a pod. */
    sealed interface Judgement {

        /** It counts against the limits. */
        record Counts() implements Judgement {}

        /** It counts for nothing. */
        record Ignored() implements Judgement {}

        /** Its index is given up. */
        record FailsIndex() implements Judgement {}

        /** The whole job is given up. */
        record FailsJob(String message) implements Judgement {}

        /** {@return whether the failure counts against the limits} */
        default boolean counts() {
            return !(this instanceof Ignored);
        }
    }

    private static final Judgement COUNTS = new Judgement.Counts();

    private FailurePolicy() {}

    /** {@return what the first rule that fits says; without one the failure counts} */
    static Judgement judge(@Nullable PodFailurePolicy policy, Pod failed) {
        if (policy == null) {
            return COUNTS;
        }
        List<PodFailurePolicyRule> rules = policy.rules();
        for (int i = 0; i < rules.size(); i++) {
            String why = why(rules.get(i), failed);
            if (why != null) {
                return judgement(rules.get(i).action(), why, i);
            }
        }
        return COUNTS;
    }

    private static Judgement judgement(String action, String why, int rule) {
        return switch (action) {
            case "Ignore" -> new Judgement.Ignored();
            case "FailIndex" -> new Judgement.FailsIndex();
            case "FailJob" -> new Judgement.FailsJob(why + " matching FailJob rule at index " + rule);
            default -> COUNTS;
        };
    }

    private static @Nullable String why(PodFailurePolicyRule rule, Pod pod) {
        PodFailurePolicyOnExitCodesRequirement codes = rule.onExitCodes();
        if (codes == null) {
            PodCondition condition = condition(rule.onPodConditions(), pod);
            return condition == null ? null : "Pod " + pod.key() + " has condition " + condition.type();
        }
        ContainerStatus container = container(codes, pod.status().containerStatuses());
        if (container == null) {
            container = container(codes, pod.status().initContainerStatuses());
        }
        ContainerStateTerminated end =
                container == null ? null : container.state().terminated();
        return container == null || end == null
                ? null
                : "Container " + container.name() + " for pod " + pod.key() + " failed with exit code "
                        + end.exitCode();
    }

    private static @Nullable PodCondition condition(List<PodFailurePolicyOnPodConditionsPattern> patterns, Pod pod) {
        for (PodCondition condition : pod.status().conditions()) {
            for (PodFailurePolicyOnPodConditionsPattern pattern : patterns) {
                String status = pattern.status() == null ? "True" : pattern.status();
                if (condition.type().equals(pattern.type())
                        && condition.status().equals(status)) {
                    return condition;
                }
            }
        }
        return null;
    }

    private static @Nullable ContainerStatus container(
            PodFailurePolicyOnExitCodesRequirement codes, List<ContainerStatus> statuses) {
        for (ContainerStatus status : statuses) {
            ContainerStateTerminated end = status.state().terminated();
            boolean isMeant =
                    codes.containerName() == null || codes.containerName().equals(status.name());
            if (isMeant && end != null && end.exitCode() != 0 && fits(codes, end.exitCode())) {
                return status;
            }
        }
        return null;
    }

    private static boolean fits(PodFailurePolicyOnExitCodesRequirement codes, int code) {
        return switch (codes.operator()) {
            case "In" -> codes.values().contains(code);
            case "NotIn" -> !codes.values().contains(code);
            default -> false;
        };
    }
}
