package dev.orchestrator.runtime.admission.scaling;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import dev.orchestrator.api.model.Quantity;
import dev.orchestrator.api.model.autoscaling.ContainerResourceMetricSource;
import dev.orchestrator.api.model.autoscaling.ExternalMetricSource;
import dev.orchestrator.api.model.autoscaling.MetricIdentifier;
import dev.orchestrator.api.model.autoscaling.MetricSpec;
import dev.orchestrator.api.model.autoscaling.MetricTarget;
import dev.orchestrator.api.model.autoscaling.ObjectMetricSource;
import dev.orchestrator.api.model.autoscaling.PodsMetricSource;
import dev.orchestrator.runtime.admission.field.FieldErrors;
import dev.orchestrator.runtime.admission.field.FieldPath;
import dev.orchestrator.runtime.admission.field.NameRule;
import org.jspecify.annotations.Nullable;

/** The rules of what an autoscaler measures: one source of the type it names, with a target. */
final class MetricValidation {

    private static final Map<String, String> FIELDS = Map.of(
            "Object", "object",
            "External", "external",
            "Pods", "pods",
            "Resource", "resource",
            "ContainerResource", "containerResource");
    private static final List<String> TYPES = List.of("ContainerResource", "External", "Object", "Pods", "Resource");
    private static final List<String> TARGET_TYPES = List.of("Utilization", "Value", "AverageValue");

    private final FieldErrors errors;

    MetricValidation(FieldErrors errors) {
        this.errors = errors;
    }

    void validate(List<MetricSpec> metrics, FieldPath path) {
        for (int i = 0; i < metrics.size(); i++) {
            metric(metrics.get(i), path.index(i));
        }
    }

    private void metric(MetricSpec metric, FieldPath path) {
        if (metric.type().isEmpty()) {
            errors.required(path.child("type"), "must specify a metric source type");
        }
        if (!TYPES.contains(metric.type())) {
            errors.notSupported(path.child("type"), metric.type(), TYPES);
        }
        List<String> present = sources(metric, path);
        String expected = FIELDS.get(metric.type());
        if (expected != null && !present.contains(expected)) {
            errors.required(path.child(expected), "must populate information for the given metric source");
        }
        if (present.size() > 1) {
            for (String source : present) {
                if (!source.equals(expected)) {
                    errors.forbidden(path.child(source), "must populate the given metric source only");
                }
            }
        }
    }

    /** {@return the sources that are set; the first of them has been checked} */
    private List<String> sources(MetricSpec metric, FieldPath path) {
        List<String> present = new ArrayList<>(1);
        var object = metric.object();
        if (object != null && isFirst("object", present)) {
            object(object, path.child("object"));
        }
        var external = metric.external();
        if (external != null && isFirst("external", present)) {
            external(external, path.child("external"));
        }
        var pods = metric.pods();
        if (pods != null && isFirst("pods", present)) {
            pods(pods, path.child("pods"));
        }
        var resource = metric.resource();
        if (resource != null && isFirst("resource", present)) {
            resource(resource.name(), resource.target(), path.child("resource"));
        }
        var container = metric.containerResource();
        if (container != null && isFirst("containerResource", present)) {
            container(container, path.child("containerResource"));
        }
        return present;
    }

    private static boolean isFirst(String source, List<String> present) {
        present.add(source);
        return present.size() == 1;
    }

    private void object(ObjectMetricSource source, FieldPath path) {
        AutoscalerValidation.reference(source.describedObject(), path.child("describedObject"), errors);
        identifier(source.metric(), path.child("metric"));
        target(source.target(), path.child("target"));
        if (source.target().value() == null && source.target().averageValue() == null) {
            errors.required(path.child("target", "averageValue"), "must set either a target value or averageValue");
        }
    }

    private void external(ExternalMetricSource source, FieldPath path) {
        identifier(source.metric(), path.child("metric"));
        target(source.target(), path.child("target"));
        boolean total = source.target().value() != null;
        boolean average = source.target().averageValue() != null;
        if (!total && !average) {
            errors.required(
                    path.child("target", "averageValue"),
                    "must set either a target value for metric or a per-pod target");
        }
        if (total && average) {
            errors.forbidden(
                    path.child("target", "value"), "may not set both a target value for metric and a per-pod target");
        }
    }

    private void pods(PodsMetricSource source, FieldPath path) {
        identifier(source.metric(), path.child("metric"));
        target(source.target(), path.child("target"));
        Quantity average = source.target().averageValue();
        if (average == null || average.signum() <= 0) {
            errors.required(path.child("target", "averageValue"), "must specify a positive target averageValue");
        }
    }

    private void container(ContainerResourceMetricSource source, FieldPath path) {
        if (source.container().isEmpty()) {
            errors.required(path.child("container"), "must specify a container");
        }
        resource(source.name(), source.target(), path);
    }

    private void resource(String name, MetricTarget target, FieldPath path) {
        if (name.isEmpty()) {
            errors.required(path.child("name"), "must specify a resource name");
        }
        target(target, path.child("target"));
        boolean share = target.averageUtilization() != null;
        boolean amount = target.averageValue() != null;
        if (!share && !amount) {
            errors.required(
                    path.child("target", "averageUtilization"),
                    "must set either a target raw value or a target utilization");
        }
        if (share && amount) {
            errors.forbidden(
                    path.child("target", "averageValue"),
                    "may not set both a target raw value and a target utilization");
        }
    }

    private void identifier(MetricIdentifier metric, FieldPath path) {
        if (metric.name().isEmpty()) {
            errors.required(path.child("name"), "must specify a metric name");
        } else {
            errors.invalid(path.child("name"), metric.name(), NameRule.PATH_SEGMENT.wrongWith(metric.name()));
        }
    }

    private void target(MetricTarget target, FieldPath path) {
        if (target.type().isEmpty()) {
            errors.required(path.child("type"), "must specify a metric target type");
        }
        if (!TARGET_TYPES.contains(target.type())) {
            errors.invalid(path.child("type"), target.type(), "must be either Utilization, Value, or AverageValue");
        }
        positive(target.value(), path.child("value"));
        Integer utilization = target.averageUtilization();
        if (utilization != null && utilization < 1) {
            errors.invalid(path.child("averageUtilization"), utilization, "must be greater than 0");
        }
        positive(target.averageValue(), path.child("averageValue"));
    }

    private void positive(@Nullable Quantity amount, FieldPath path) {
        if (amount != null && amount.signum() <= 0) {
            errors.invalid(path, amount, "must be positive");
        }
    }
}
