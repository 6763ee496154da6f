package dev.orchestrator.api.autoscaling;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.DoubleSupplier;
import java.util.function.ToDoubleFunction;

import dev.orchestrator.api.model.Selector;
import dev.orchestrator.api.model.autoscaling.CrossVersionObjectReference;
import dev.orchestrator.api.model.core.Pod;

import static java.util.Objects.requireNonNull;

/**
 * Figures that autoscalers scale by, as the metrics APIs of a cluster are.
 *
 * <p>A source answers what it knows and says nothing about the rest. What containers use of processors and memory is
 * measured by the driver unless a source answers {@link #usage}. Called by the autoscalers' own threads, possibly
 * several at once; an exception counts as no answer and is told in the condition of the autoscaler.
 *
 * <pre>{@code
 * // external metric "queue_length" of any autoscaler:
 * MetricsSource.gauge("queue_length", Map.of("queue", "mail"), queue::size)
 * // the same of a Micrometer gauge:
 * MetricsSource.gauge("queue_length", () -> registry.get("queue.length").gauge().value())
 * }</pre>
 */
public interface MetricsSource {

    /** Knows nothing. */
    MetricsSource NONE = new MetricsSource() {};

    /**
     * {@return what the containers of a pod use; empty to have the driver asked}
     *
     * @throws InterruptedException if interrupted while it measures
     */
    default Optional<PodUsage> usage(Pod pod) throws InterruptedException {
        return Optional.empty();
    }

    /**
     * {@return the value of a metric of a pod, for metrics of type {@code Pods}; empty if it is not known}
     *
     * @param labels which series of that name are meant
     */
    default OptionalDouble ofPod(String metric, Selector labels, Pod pod) {
        return OptionalDouble.empty();
    }

    /**
     * {@return the value of a metric of any object, for metrics of type {@code Object}; empty if it is not known}
     *
     * @param labels which series of that name are meant
     * @param namespace where the object is
     */
    default OptionalDouble ofObject(
            String metric, Selector labels, String namespace, CrossVersionObjectReference object) {
        return OptionalDouble.empty();
    }

    /**
     * {@return the values of a metric that belongs to nothing in the cluster, for metrics of type {@code External}: one
     * for each series, which are added up; empty if it is not known}
     *
     * @param labels which series of that name are meant
     * @param namespace where the autoscaler is that asks
     */
    default List<Double> external(String metric, Selector labels, String namespace) {
        return List.of();
    }

    /** {@return this source, and another for what this does not know; external series of both are added up} */
    default MetricsSource and(MetricsSource other) {
        return new JoinedMetrics(this, requireNonNull(other, "other is null"));
    }

    /** {@return a number of the program as an external metric without labels} */
    static MetricsSource gauge(String metric, DoubleSupplier value) {
        return gauge(metric, Map.of(), value);
    }

    /** {@return a number of the program as an external metric} */
    static MetricsSource gauge(String metric, Map<String, String> labels, DoubleSupplier value) {
        return new Gauge(metric, labels, value);
    }

    /** {@return a number that the program knows of each pod, as a metric of type {@code Pods}} */
    static MetricsSource podGauge(String metric, ToDoubleFunction<Pod> value) {
        return new PodGauge(metric, value);
    }
}
