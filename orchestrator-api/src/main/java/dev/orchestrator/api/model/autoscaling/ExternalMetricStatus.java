package dev.orchestrator.api.model.autoscaling;

import dev.orchestrator.api.model.Model;

import static java.util.Objects.requireNonNullElse;

/** The last value of a metric that belongs to nothing in the cluster. */
@Model
public record ExternalMetricStatus(MetricValueStatus current, MetricIdentifier metric) {

    /** Copies the collections and fills in what Kubernetes never leaves absent. */
    public ExternalMetricStatus {
        current = requireNonNullElse(current, MetricValueStatus.EMPTY);
        metric = requireNonNullElse(metric, MetricIdentifier.EMPTY);
    }
}
