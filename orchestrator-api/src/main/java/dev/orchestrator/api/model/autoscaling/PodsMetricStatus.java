package dev.orchestrator.api.model.autoscaling;

import dev.orchestrator.api.model.Model;

import static java.util.Objects.requireNonNullElse;

/** The last average of a metric over the pods. */
@Model
public record PodsMetricStatus(MetricValueStatus current, MetricIdentifier metric) {

    /** Copies the collections and fills in what Kubernetes never leaves absent. */
    public PodsMetricStatus {
        current = requireNonNullElse(current, MetricValueStatus.EMPTY);
        metric = requireNonNullElse(metric, MetricIdentifier.EMPTY);
    }
}
