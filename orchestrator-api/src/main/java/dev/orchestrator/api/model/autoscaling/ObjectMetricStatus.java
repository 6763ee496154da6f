package dev.orchestrator.api.model.autoscaling;

import dev.orchestrator.api.model.Model;
import dev.orchestrator.api.model.Required;

import static java.util.Objects.requireNonNullElse;

/** The last value of a metric of one object. */
@Model
public record ObjectMetricStatus(
        @Required MetricValueStatus current,
        @Required CrossVersionObjectReference describedObject,
        @Required MetricIdentifier metric) {

    /** Copies the collections and fills in what Kubernetes never leaves absent. */
    public ObjectMetricStatus {
        current = requireNonNullElse(current, MetricValueStatus.EMPTY);
        describedObject = requireNonNullElse(describedObject, CrossVersionObjectReference.EMPTY);
        metric = requireNonNullElse(metric, MetricIdentifier.EMPTY);
    }
}
