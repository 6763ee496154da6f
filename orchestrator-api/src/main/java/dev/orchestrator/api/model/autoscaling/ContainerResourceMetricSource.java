package dev.orchestrator.api.model.autoscaling;

import dev.orchestrator.api.collect.Immutables;
import dev.orchestrator.api.model.Model;
import dev.orchestrator.api.model.Required;

import static java.util.Objects.requireNonNullElse;

/** Scale on what one container of each pod uses of a resource. */
@Model
public record ContainerResourceMetricSource(
        @Required String container,
        @Required String name,
        @Required MetricTarget target) {

    /** Copies the collections and fills in what Kubernetes never leaves absent. */
    public ContainerResourceMetricSource {
        container = Immutables.text(container);
        name = Immutables.text(name);
        target = requireNonNullElse(target, MetricTarget.EMPTY);
    }
}
