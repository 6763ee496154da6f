package dev.orchestrator.runtime.controller.autoscaler;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

import dev.orchestrator.api.ApiException;
import dev.orchestrator.api.autoscaling.MetricsSource;
import dev.orchestrator.api.autoscaling.PodUsage;
import dev.orchestrator.api.model.Quantity;
import dev.orchestrator.api.model.Selector;
import dev.orchestrator.api.model.autoscaling.CrossVersionObjectReference;
import dev.orchestrator.api.model.autoscaling.MetricIdentifier;
import dev.orchestrator.api.model.core.Pod;
import org.jspecify.annotations.Nullable;

/** Asks the source of figures, and says in Kubernetes' words what it does not know. */
final class Readings {

    private static final int MILLI = 1000;

    private final MetricsSource source;
    private final PodGroups.Youth youth;

    Readings(MetricsSource source, PodGroups.Youth youth) {
        this.source = source;
        this.youth = youth;
    }

    /** A question to the source. */
    private interface Question<T> {
        T ask() throws InterruptedException;
    }

    /** Whatever a source of the embedding program throws is its way to say that it does not know. */
    private static <T> T answered(String api, Question<T> question)
            throws UnknownMetricException, InterruptedException {
        try {
            return question.ask();
        } catch (RuntimeException e) {
            throw new UnknownMetricException("unable to fetch metrics from " + api + " metrics API: " + e.getMessage());
        }
    }

    /**
     * {@return what pods use of a resource, by their names}
     *
     * @param container of which container; null for all together
     */
    Map<String, Measured> resource(String resource, @Nullable String container, List<Pod> pods)
            throws UnknownMetricException, InterruptedException {
        var found = new HashMap<String, Measured>();
        for (Pod pod : pods) {
            if (!"Running".equals(pod.status().phase()) || pod.metadata().isTerminating()) {
                continue;
            }
            Optional<PodUsage> usage = answered("resource", () -> usage(pod));
            if (usage.isPresent()) {
                add(pod, usage.get(), resource, container, found);
            }
        }
        if (found.isEmpty()) {
            throw new UnknownMetricException("no metrics returned from resource metrics API");
        }
        return found;
    }

    /** A pod that ends while it is asked about has no figure. */
    private Optional<PodUsage> usage(Pod pod) throws InterruptedException {
        try {
            return source.usage(pod);
        } catch (ApiException gone) {
            return Optional.empty();
        }
    }

    private static void add(
            Pod pod, PodUsage usage, String resource, @Nullable String container, Map<String, Measured> found)
            throws UnknownMetricException {
        long sum = 0;
        if (container != null && !usage.containers().containsKey(container)) {
            throw new UnknownMetricException("failed to get container metrics: container " + container
                    + " not present in metrics for pod " + pod.key().namespace() + "/"
                    + pod.key().name());
        }
        for (Map.Entry<String, Map<String, Quantity>> each : usage.containers().entrySet()) {
            if (container == null || container.equals(each.getKey())) {
                Quantity amount = each.getValue().get(resource);
                if (amount == null) {
                    return;
                }
                sum += amount.milli();
            }
        }
        if (!usage.containers().isEmpty()) {
            found.put(pod.key().name(), new Measured(sum, usage.time(), usage.window()));
        }
    }

    /** {@return the value of a metric of each pod} */
    Map<String, Measured> pods(MetricIdentifier metric, List<Pod> pods)
            throws UnknownMetricException, InterruptedException {
        Selector labels = selector(metric);
        var found = new HashMap<String, Measured>();
        for (Pod pod : pods) {
            OptionalDouble value = answered("custom", () -> source.ofPod(metric.name(), labels, pod));
            if (value.isPresent()) {
                found.put(pod.key().name(), new Measured(milli(value.getAsDouble()), youth.now(), Duration.ZERO));
            }
        }
        if (found.isEmpty()) {
            throw new UnknownMetricException("no metrics returned from custom metrics API");
        }
        return found;
    }

    /** {@return the value of a metric of an object, in thousandths} */
    long object(MetricIdentifier metric, String namespace, CrossVersionObjectReference object)
            throws UnknownMetricException, InterruptedException {
        OptionalDouble value =
                answered("custom", () -> source.ofObject(metric.name(), selector(metric), namespace, object));
        if (value.isEmpty()) {
            throw new UnknownMetricException("no metrics returned from custom metrics API");
        }
        return milli(value.getAsDouble());
    }

    /** {@return the sum of an external metric, in thousandths} */
    long external(MetricIdentifier metric, String namespace) throws UnknownMetricException, InterruptedException {
        List<Double> values = answered("external", () -> source.external(metric.name(), selector(metric), namespace));
        if (values.isEmpty()) {
            throw new UnknownMetricException("no metrics returned from external metrics API");
        }
        return milli(values.stream().mapToDouble(Double::doubleValue).sum());
    }

    /** No selector selects every series. */
    private static Selector selector(MetricIdentifier metric) {
        return metric.selector() == null ? Selector.everything() : Selector.of(metric.selector());
    }

    private static long milli(double value) throws UnknownMetricException {
        if (!Double.isFinite(value)) {
            throw new UnknownMetricException("the value " + value + " is no number");
        }
        return Math.round(value * MILLI);
    }
}
