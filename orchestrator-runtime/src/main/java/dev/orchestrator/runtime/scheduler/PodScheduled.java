package dev.orchestrator.runtime.scheduler;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Objects;

import dev.orchestrator.api.model.core.Pod;
import dev.orchestrator.api.model.core.PodBuilder;
import dev.orchestrator.api.model.core.PodCondition;
import dev.orchestrator.api.model.core.PodConditionBuilder;
import dev.orchestrator.api.model.core.PodSpecBuilder;
import dev.orchestrator.api.model.core.PodStatus;
import dev.orchestrator.api.model.core.PodStatusBuilder;
import org.jspecify.annotations.Nullable;

/** Writes the outcome of scheduling into a pod: its node and its condition {@code PodScheduled}. */
public final class PodScheduled {

    static final String UNSCHEDULABLE = "Unschedulable";
    static final String GATED = "SchedulingGated";
    static final String ERROR = "SchedulerError";

    private static final String TYPE = "PodScheduled";

    private PodScheduled() {}

    /** {@return the pod on its node} */
    public static Pod bound(Pod pod, String node, Instant now) {
        var spec = PodSpecBuilder.builder(pod.spec()).nodeName(node).build();
        return new Pod(pod.metadata(), spec, withCondition(pod, "True", null, null, now));
    }

    /** {@return the pod with the reason why it has no node; the same instance when it says so already} */
    @SuppressWarnings("ReferenceEquality")
    static Pod refused(Pod pod, String reason, String message, Instant now) {
        PodStatus status = withCondition(pod, "False", reason, message, now);
        return status == pod.status()
                ? pod
                : PodBuilder.builder(pod).status(status).build();
    }

    /** {@return the pod with the node that room is made on for it, or without one; the same instance when it has it} */
    static Pod nominated(Pod pod, @Nullable String node) {
        String present = pod.status().nominatedNodeName();
        boolean isSame = (present == null || present.isEmpty()) ? node == null : present.equals(node);
        return isSame
                ? pod
                : PodBuilder.builder(pod)
                        .status(PodStatusBuilder.builder(pod.status())
                                .nominatedNodeName(node)
                                .build())
                        .build();
    }

    private static PodStatus withCondition(
            Pod pod, String value, @Nullable String reason, @Nullable String message, Instant now) {
        var conditions = new ArrayList<PodCondition>(pod.status().conditions().size() + 1);
        Instant since = now.truncatedTo(ChronoUnit.SECONDS);
        int position = -1;
        for (PodCondition condition : pod.status().conditions()) {
            if (condition.type().equals(TYPE)) {
                position = conditions.size();
                boolean sameStatus = condition.status().equals(value);
                if (sameStatus
                        && Objects.equals(condition.reason(), reason)
                        && Objects.equals(condition.message(), message)) {
                    return pod.status();
                }
                since = sameStatus && condition.lastTransitionTime() != null ? condition.lastTransitionTime() : since;
            }
            conditions.add(condition);
        }
        long generation = pod.metadata().generation();
        var written = PodConditionBuilder.builder()
                .type(TYPE)
                .status(value)
                .reason(reason)
                .message(message)
                .lastTransitionTime(since)
                .observedGeneration(generation == 0 ? null : generation)
                .build();
        if (position < 0) {
            conditions.add(written);
        } else {
            conditions.set(position, written);
        }
        return PodStatusBuilder.builder(pod.status()).conditions(conditions).build();
    }
}
