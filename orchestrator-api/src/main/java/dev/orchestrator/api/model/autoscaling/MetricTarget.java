package dev.orchestrator.api.model.autoscaling;

import dev.orchestrator.api.collect.Immutables;
import dev.orchestrator.api.model.Model;
import dev.orchestrator.api.model.Quantity;
import dev.orchestrator.api.model.Required;
import org.jspecify.annotations.Nullable;

/** The value that a metric should have: in all, on average, or as a share of the request. */
@Model
public record MetricTarget(
        @Nullable Integer averageUtilization,
        @Nullable Quantity averageValue,
        @Required String type,
        @Nullable Quantity value) {

    /** With nothing set. */
    public static final MetricTarget EMPTY = MetricTargetBuilder.builder().build();

    /** Copies the collections and fills in what Kubernetes never leaves absent. */
    public MetricTarget {
        type = Immutables.text(type);
    }
}
