package dev.orchestrator.api.model.autoscaling;

import dev.orchestrator.api.model.Model;
import dev.orchestrator.api.model.Required;

import static java.util.Objects.requireNonNullElse;

/** The last value of a metric that belongs to nothing in the cluster. */
@Model
public record ExternalMetricStatus(
        @Required MetricValueStatus current, @Required MetricIdentifier metric) {

    /** Copies the collections and fills in what Kubernetes never leaves absent. */
    public ExternalMetricStatus {
        current = requireNonNullElse(current, MetricValueStatus.EMPTY);
        metric = requireNonNullElse(metric, MetricIdentifier.EMPTY);
    }
}
