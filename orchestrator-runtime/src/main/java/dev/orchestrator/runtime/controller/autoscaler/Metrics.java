package dev.orchestrator.runtime.controller.autoscaler;

import java.util.List;
import java.util.Map;

import dev.orchestrator.api.model.Quantity;
import dev.orchestrator.api.model.autoscaling.ContainerResourceMetricStatus;
import dev.orchestrator.api.model.autoscaling.ExternalMetricSource;
import dev.orchestrator.api.model.autoscaling.ExternalMetricStatus;
import dev.orchestrator.api.model.autoscaling.MetricSpec;
import dev.orchestrator.api.model.autoscaling.MetricStatusBuilder;
import dev.orchestrator.api.model.autoscaling.MetricTarget;
import dev.orchestrator.api.model.autoscaling.MetricValueStatus;
import dev.orchestrator.api.model.autoscaling.ObjectMetricSource;
import dev.orchestrator.api.model.autoscaling.ObjectMetricStatus;
import dev.orchestrator.api.model.autoscaling.PodsMetricSource;
import dev.orchestrator.api.model.autoscaling.PodsMetricStatus;
import dev.orchestrator.api.model.autoscaling.ResourceMetricStatus;
import dev.orchestrator.api.model.core.Pod;
import dev.orchestrator.runtime.controller.autoscaler.ReplicaCalculator.Proposal;
import dev.orchestrator.runtime.text.GoText;
import org.jspecify.annotations.Nullable;

/** Assesses the metrics of one autoscaler, one after the other. */
final class Metrics {

    private final Target target;
    private final List<Pod> pods;
    private final Readings readings;
    private final ReplicaCalculator calculator;

    Metrics(Target target, List<Pod> pods, Readings readings, ReplicaCalculator calculator) {
        this.target = target;
        this.pods = pods;
        this.readings = readings;
        this.calculator = calculator;
    }

    Assessment assess(MetricSpec spec) throws InterruptedException {
        if (spec.resource() != null) {
            return resource(spec.resource().name(), null, spec.resource().target());
        }
        if (spec.containerResource() != null) {
            return resource(
                    spec.containerResource().name(),
                    spec.containerResource().container(),
                    spec.containerResource().target());
        }
        if (spec.pods() != null) {
            return pods(spec.pods());
        }
        if (spec.object() != null) {
            return object(spec.object());
        }
        if (spec.external() != null) {
            return external(spec.external());
        }
        String error = "unknown metric source type " + GoText.quote(spec.type());
        return new Assessment.Unknown("InvalidMetricSourceType", error, error);
    }

    /** Use of a resource by whole pods, or by one container of each. */
    private Assessment resource(String resource, @Nullable String container, MetricTarget aim)
            throws InterruptedException {
        boolean isShare = aim.averageValue() == null;
        try {
            Proposal proposal = resourceProposal(resource, container, aim);
            var value = new MetricValueStatus(
                    isShare ? proposal.utilization() : null, Quantity.ofMilli(proposal.milli()), null);
            var status = MetricStatusBuilder.builder();
            if (container == null) {
                status.type("Resource").resource(new ResourceMetricStatus(value, resource));
            } else {
                status.type("ContainerResource")
                        .containerResource(new ContainerResourceMetricStatus(container, value, resource));
            }
            return new Assessment.Known(
                    proposal.replicas(),
                    resource + (isShare ? " resource utilization (percentage of request)" : " resource"),
                    status.build());
        } catch (UnknownMetricException e) {
            String cause = "failed to get " + resource + (isShare ? " utilization: " : " usage: ") + e.getMessage();
            return container == null
                    ? new Assessment.Unknown(
                            "FailedGetResourceMetric",
                            cause,
                            "failed to get " + resource + " resource metric value: " + cause)
                    : new Assessment.Unknown(
                            "FailedGetContainerResourceMetric",
                            cause,
                            "failed to get " + resource + " container metric value: " + cause);
        }
    }

    private Proposal resourceProposal(String resource, @Nullable String container, MetricTarget aim)
            throws UnknownMetricException, InterruptedException {
        Map<String, Measured> used;
        try {
            used = readings.resource(resource, container, pods);
        } catch (UnknownMetricException e) {
            throw new UnknownMetricException("unable to get metrics for resource " + resource + ": " + e.getMessage());
        }
        if (aim.averageValue() != null) {
            return calculator.byAverage(used, aim.averageValue().milli(), resource);
        }
        int share = aim.averageUtilization() == null ? 0 : aim.averageUtilization();
        return calculator.byUtilization(used, Requests.of(pods, resource, container), share, resource);
    }

    private Assessment pods(PodsMetricSource source) throws InterruptedException {
        String name = source.metric().name();
        try {
            Map<String, Measured> values = measured(name, () -> readings.pods(source.metric(), pods));
            Proposal proposal =
                    calculator.byAverage(values, milli(source.target().averageValue()), "");
            var value = new MetricValueStatus(null, Quantity.ofMilli(proposal.milli()), null);
            return new Assessment.Known(
                    proposal.replicas(),
                    "pods metric " + name,
                    MetricStatusBuilder.builder()
                            .type("Pods")
                            .pods(new PodsMetricStatus(value, source.metric()))
                            .build());
        } catch (UnknownMetricException e) {
            return new Assessment.Unknown(
                    "FailedGetPodsMetric", message(e), "failed to get pods metric value: " + message(e));
        }
    }

    private Assessment object(ObjectMetricSource source) throws InterruptedException {
        String name = source.metric().name();
        var described = source.describedObject();
        String namespace = target.key().namespace();
        boolean isValue = source.target().averageValue() == null;
        try {
            long value;
            try {
                value = readings.object(source.metric(), namespace, described);
            } catch (UnknownMetricException e) {
                throw new UnknownMetricException("unable to get metric " + name + ": " + e.getMessage() + " on "
                        + described.kind() + " " + namespace + "/" + described.name());
            }
            Proposal proposal = shared(value, source.target());
            return new Assessment.Known(
                    proposal.replicas(),
                    isValue
                            ? described.kind() + " metric " + name
                            : "external metric " + name + "("
                                    + SelectorText.of(source.metric().selector()) + ")",
                    MetricStatusBuilder.builder()
                            .type("Object")
                            .object(new ObjectMetricStatus(status(proposal, isValue), described, source.metric()))
                            .build());
        } catch (UnknownMetricException e) {
            String error = isValue ? message(e) : "failed to get " + name + " object metric: " + message(e);
            return new Assessment.Unknown(
                    "FailedGetObjectMetric", message(e), "failed to get object metric value: " + error);
        }
    }

    private Assessment external(ExternalMetricSource source) throws InterruptedException {
        String name = source.metric().name();
        String namespace = target.key().namespace();
        boolean isValue = source.target().averageValue() == null;
        try {
            long value;
            try {
                value = readings.external(source.metric(), namespace);
            } catch (UnknownMetricException e) {
                throw new UnknownMetricException("unable to get external metric " + namespace + "/" + name + "/"
                        + SelectorText.of(source.metric().selector()) + ": " + e.getMessage());
            }
            Proposal proposal = shared(value, source.target());
            return new Assessment.Known(
                    proposal.replicas(),
                    "external metric " + name + "("
                            + SelectorText.of(source.metric().selector()) + ")",
                    MetricStatusBuilder.builder()
                            .type("External")
                            .external(new ExternalMetricStatus(status(proposal, isValue), source.metric()))
                            .build());
        } catch (UnknownMetricException e) {
            String error = isValue
                    ? "failed to get external metric " + name + ": " + message(e)
                    : "failed to get " + name + " external metric: " + message(e);
            return new Assessment.Unknown(
                    "FailedGetExternalMetric",
                    message(e),
                    "failed to get " + name + " external metric value: " + error);
        }
    }

    /** A value of which all replicas have a part, or that they bring about together. */
    private Proposal shared(long value, MetricTarget aim) throws UnknownMetricException {
        return aim.averageValue() == null
                ? calculator.byValue(value, milli(aim.value()))
                : calculator.byShare(value, milli(aim.averageValue()), target.present());
    }

    private static MetricValueStatus status(Proposal proposal, boolean isValue) {
        Quantity quantity = Quantity.ofMilli(proposal.milli());
        return isValue ? new MetricValueStatus(null, null, quantity) : new MetricValueStatus(null, quantity, null);
    }

    /** A question that may have no answer. */
    private interface Reading<T> {
        T read() throws UnknownMetricException, InterruptedException;
    }

    private static <T> T measured(String metric, Reading<T> reading)
            throws UnknownMetricException, InterruptedException {
        try {
            return reading.read();
        } catch (UnknownMetricException e) {
            throw new UnknownMetricException("unable to get metric " + metric + ": " + e.getMessage());
        }
    }

    private static long milli(@Nullable Quantity quantity) {
        return quantity == null ? 0 : quantity.milli();
    }

    private static String message(UnknownMetricException e) {
        return String.valueOf(e.getMessage());
    }
}
