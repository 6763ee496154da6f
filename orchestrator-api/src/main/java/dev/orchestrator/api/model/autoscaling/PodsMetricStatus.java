package dev.orchestrator.api.model.autoscaling;

import dev.orchestrator.api.model.Model;
import dev.orchestrator.api.model.Required;

import static java.util.Objects.requireNonNullElse;

/** The last average of a metric over the pods. */
@Model
public record PodsMetricStatus(
        @Required MetricValueStatus current, @Required MetricIdentifier metric) {

    /** Copies the collections and fills in what Kubernetes never leaves absent. */
    public PodsMetricStatus {
        current = requireNonNullElse(current, MetricValueStatus.EMPTY);
        metric = requireNonNullElse(metric, MetricIdentifier.EMPTY);
    }
}
