package dev.orchestrator.api.model.autoscaling;

import dev.orchestrator.api.model.Model;

import static java.util.Objects.requireNonNullElse;

/** Scale on a metric that belongs to nothing in the cluster. */
@Model
public record ExternalMetricSource(MetricIdentifier metric, MetricTarget target) {

    /** Copies the collections and fills in what Kubernetes never leaves absent. */
    public ExternalMetricSource {
        metric = requireNonNullElse(metric, MetricIdentifier.EMPTY);
        target = requireNonNullElse(target, MetricTarget.EMPTY);
    }
}
