package dev.orchestrator.api.model.autoscaling;

import dev.orchestrator.api.collect.Immutables;
import dev.orchestrator.api.model.Model;
import dev.orchestrator.api.model.Required;
import org.jspecify.annotations.Nullable;

/** One metric to scale on, and what value it should have. */
@Model
public record MetricSpec(
        @Nullable ContainerResourceMetricSource containerResource,
        @Nullable ExternalMetricSource external,
        @Nullable ObjectMetricSource object,
        @Nullable PodsMetricSource pods,
        @Nullable ResourceMetricSource resource,
        @Required String type) {

    /** Copies the collections and fills in what Kubernetes never leaves absent. */
    public MetricSpec {
        type = Immutables.text(type);
    }
}
