package dev.orchestrator.api.autoscaling;

import java.util.List;
import java.util.Map;
import java.util.function.DoubleSupplier;

import dev.orchestrator.api.model.Selector;

import static java.util.Objects.requireNonNull;

/** One series of an external metric. */
record Gauge(String metric, Map<String, String> labels, DoubleSupplier value) implements MetricsSource {

    Gauge {
        requireNonNull(metric, "metric is null");
        requireNonNull(value, "value is null");
        labels = Map.copyOf(labels);
    }

    @Override
    public List<Double> external(String wanted, Selector selector, String namespace) {
        return metric.equals(wanted) && selector.matches(labels) ? List.of(value.getAsDouble()) : List.of();
    }
}
