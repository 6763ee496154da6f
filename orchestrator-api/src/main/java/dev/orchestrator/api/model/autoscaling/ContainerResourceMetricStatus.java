package dev.orchestrator.api.model.autoscaling;

import dev.orchestrator.api.collect.Immutables;
import dev.orchestrator.api.model.Model;
import dev.orchestrator.api.model.Required;

import static java.util.Objects.requireNonNullElse;

/** What one container of each pod was last seen to use of a resource. */
@Model
public record ContainerResourceMetricStatus(
        @Required String container,
        @Required MetricValueStatus current,
        @Required String name) {

    /** Copies the collections and fills in what Kubernetes never leaves absent. */
    public ContainerResourceMetricStatus {
        container = Immutables.text(container);
        current = requireNonNullElse(current, MetricValueStatus.EMPTY);
        name = Immutables.text(name);
    }
}
