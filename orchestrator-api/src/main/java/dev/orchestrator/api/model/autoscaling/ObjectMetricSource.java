package dev.orchestrator.api.model.autoscaling;

import dev.orchestrator.api.model.Model;
import dev.orchestrator.api.model.Required;

import static java.util.Objects.requireNonNullElse;

/** Scale on a metric of one object. */
@Model
public record ObjectMetricSource(
        @Required CrossVersionObjectReference describedObject,
        @Required MetricIdentifier metric,
        @Required MetricTarget target) {

    /** Copies the collections and fills in what Kubernetes never leaves absent. */
    public ObjectMetricSource {
        describedObject = requireNonNullElse(describedObject, CrossVersionObjectReference.EMPTY);
        metric = requireNonNullElse(metric, MetricIdentifier.EMPTY);
        target = requireNonNullElse(target, MetricTarget.EMPTY);
    }
}
