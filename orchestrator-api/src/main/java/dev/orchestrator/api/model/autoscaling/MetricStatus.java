package dev.orchestrator.api.model.autoscaling;

import dev.orchestrator.api.collect.Immutables;
import dev.orchestrator.api.model.Model;
import dev.orchestrator.api.model.Required;
import org.jspecify.annotations.Nullable;

/** The last value of one metric. */
@Model
public record MetricStatus(
        @Nullable ContainerResourceMetricStatus containerResource,
        @Nullable ExternalMetricStatus external,
        @Nullable ObjectMetricStatus object,
        @Nullable PodsMetricStatus pods,
        @Nullable ResourceMetricStatus resource,
        @Required String type) {

    /** Copies the collections and fills in what Kubernetes never leaves absent. */
    public MetricStatus {
        type = Immutables.text(type);
    }
}
