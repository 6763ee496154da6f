package dev.orchestrator.api.autoscaling;

import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;

import dev.orchestrator.api.model.Selector;
import dev.orchestrator.api.model.core.Pod;

import static java.util.Objects.requireNonNull;

/** A metric of each pod; its series have no labels. */
record PodGauge(String metric, ToDoubleFunction<Pod> value) implements MetricsSource {

    PodGauge {
        requireNonNull(metric, "metric is null");
        requireNonNull(value, "value is null");
    }

    @Override
    public OptionalDouble ofPod(String wanted, Selector labels, Pod pod) {
        return metric.equals(wanted) ? OptionalDouble.of(value.applyAsDouble(pod)) : OptionalDouble.empty();
    }
}
