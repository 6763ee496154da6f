package dev.orchestrator.runtime.placement;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;

import dev.orchestrator.api.model.core.Pod;
import dev.orchestrator.api.model.core.PodBuilder;
import dev.orchestrator.api.model.core.PodCondition;
import dev.orchestrator.api.model.core.PodConditionBuilder;
import dev.orchestrator.api.model.core.PodStatusBuilder;

/** The condition by which a pod says why the cluster, and not its owner, ends it. */
public final class DisruptionTarget {

    private static final String TYPE = "DisruptionTarget";

    private DisruptionTarget() {}

    /**
     * {@return the pod with the condition; as it is when it says the same already}
     *
     * @param reason why, such as {@code DeletionByPodGC}
     */
    public static Pod on(Pod pod, String reason, String message, Instant now) {
        var conditions = new ArrayList<PodCondition>();
        for (PodCondition condition : pod.status().conditions()) {
            if (!condition.type().equals(TYPE)) {
                conditions.add(condition);
            } else if (condition.status().equals("True") && reason.equals(condition.reason())) {
                return pod;
            }
        }
        long generation = pod.metadata().generation();
        conditions.add(PodConditionBuilder.builder()
                .type(TYPE)
                .status("True")
                .reason(reason)
                .message(message)
                .lastTransitionTime(now.truncatedTo(ChronoUnit.SECONDS))
                .observedGeneration(generation == 0 ? null : generation)
                .build());
        return PodBuilder.builder(pod)
                .status(PodStatusBuilder.builder(pod.status())
                        .conditions(conditions)
                        .build())
                .build();
    }
}
