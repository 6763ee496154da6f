package dev.orchestrator.api.model.autoscaling;

import dev.orchestrator.api.model.Model;
import dev.orchestrator.api.model.Quantity;
import org.jspecify.annotations.Nullable;

/** A value that a metric had. */
@Model
public record MetricValueStatus(
        @Nullable Integer averageUtilization,
        @Nullable Quantity averageValue,
        @Nullable Quantity value) {

    /** With nothing set. */
    public static final MetricValueStatus EMPTY =
            MetricValueStatusBuilder.builder().build();
}
