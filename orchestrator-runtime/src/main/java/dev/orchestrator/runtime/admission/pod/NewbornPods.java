package dev.orchestrator.runtime.admission.pod;

import java.util.List;

import dev.orchestrator.api.model.core.PodCondition;
import dev.orchestrator.api.model.core.PodConditionBuilder;
import dev.orchestrator.api.model.core.PodSpec;
import dev.orchestrator.api.model.core.PodStatus;
import dev.orchestrator.api.model.core.PodStatusBuilder;

/** The status a pod begins with. */
final class NewbornPods {

    private static final PodCondition GATED = PodConditionBuilder.builder()
            .type("PodScheduled")
            .status("False")
            .reason("SchedulingGated")
            .message("Scheduling is blocked due to non-empty scheduling gates")
            .build();
    private static final PodStatus GUARANTEED = pending("Guaranteed");
    private static final PodStatus BURSTABLE = pending("Burstable");
    private static final PodStatus BEST_EFFORT = pending("BestEffort");

    private NewbornPods() {}

    static PodStatus statusOf(PodSpec spec) {
        PodStatus status = switch (QosClass.of(spec)) {
            case GUARANTEED -> GUARANTEED;
            case BURSTABLE -> BURSTABLE;
            case BEST_EFFORT -> BEST_EFFORT;
        };
        return spec.schedulingGates().isEmpty()
                ? status
                : PodStatusBuilder.builder(status).conditions(List.of(GATED)).build();
    }

    private static PodStatus pending(String qosClass) {
        return PodStatusBuilder.builder().phase("Pending").qosClass(qosClass).build();
    }
}
