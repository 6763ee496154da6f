package dev.orchestrator.api.model.autoscaling;

import dev.orchestrator.api.model.Model;
import dev.orchestrator.api.model.Required;

import static java.util.Objects.requireNonNullElse;

/** Scale on a metric that belongs to nothing in the cluster. */
@Model
public record ExternalMetricSource(
        @Required MetricIdentifier metric, @Required MetricTarget target) {

    /** Copies the collections and fills in what Kubernetes never leaves absent. */
    public ExternalMetricSource {
        metric = requireNonNullElse(metric, MetricIdentifier.EMPTY);
        target = requireNonNullElse(target, MetricTarget.EMPTY);
    }
}
