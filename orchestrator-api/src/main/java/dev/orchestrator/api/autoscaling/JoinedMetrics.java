package dev.orchestrator.api.autoscaling;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

import dev.orchestrator.api.model.Selector;
import dev.orchestrator.api.model.autoscaling.CrossVersionObjectReference;
import dev.orchestrator.api.model.core.Pod;

/** Two sources as one. */
record JoinedMetrics(MetricsSource first, MetricsSource second) implements MetricsSource {

    @Override
    public Optional<PodUsage> usage(Pod pod) throws InterruptedException {
        Optional<PodUsage> usage = first.usage(pod);
        return usage.isPresent() ? usage : second.usage(pod);
    }

    @Override
    public OptionalDouble ofPod(String metric, Selector labels, Pod pod) {
        OptionalDouble value = first.ofPod(metric, labels, pod);
        return value.isPresent() ? value : second.ofPod(metric, labels, pod);
    }

    @Override
    public OptionalDouble ofObject(
            String metric, Selector labels, String namespace, CrossVersionObjectReference object) {
        OptionalDouble value = first.ofObject(metric, labels, namespace, object);
        return value.isPresent() ? value : second.ofObject(metric, labels, namespace, object);
    }

    @Override
    public List<Double> external(String metric, Selector labels, String namespace) {
        var values = new ArrayList<>(first.external(metric, labels, namespace));
        values.addAll(second.external(metric, labels, namespace));
        return values;
    }
}
