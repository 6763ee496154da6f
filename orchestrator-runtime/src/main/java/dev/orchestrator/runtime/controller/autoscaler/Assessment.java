package dev.orchestrator.runtime.controller.autoscaler;

import dev.orchestrator.api.model.autoscaling.MetricStatus;

/** What one metric of an autoscaler calls for. */
sealed interface Assessment {

    /**
     * A metric that could be measured.
     *
     * @param replicas how many replicas it calls for
     * @param name what messages call it
     * @param status what was measured
     */
    record Known(int replicas, String name, MetricStatus status) implements Assessment {}

    /**
     * A metric that could not.
     *
     * @param reason of the condition and the event, such as {@code FailedGetResourceMetric}
     * @param cause why, as the condition says it
     * @param error why, as the autoscaler says it of all its metrics together
     */
    record Unknown(String reason, String cause, String error) implements Assessment {}
}
