package dev.orchestrator.runtime.handle;

import java.util.List;
import java.util.function.Function;

import dev.orchestrator.api.model.Quantity;
import dev.orchestrator.api.model.autoscaling.HPAScalingRules;
import dev.orchestrator.api.model.autoscaling.HorizontalPodAutoscaler;
import dev.orchestrator.api.model.autoscaling.MetricSpec;
import dev.orchestrator.api.model.autoscaling.MetricStatus;
import dev.orchestrator.api.model.autoscaling.MetricTarget;
import dev.orchestrator.api.model.autoscaling.MetricValueStatus;
import dev.orchestrator.runtime.text.GoText;
import org.jspecify.annotations.Nullable;

import static java.util.Objects.requireNonNullElse;

/** What {@code describe} says about a horizontal pod autoscaler. */
final class AutoscalerDescription {

    private AutoscalerDescription() {}

    static void autoscaler(Sheet sheet, HandleContext context, HorizontalPodAutoscaler autoscaler) {
        var metadata = autoscaler.metadata();
        var spec = autoscaler.spec();
        var status = autoscaler.status();
        var target = spec.scaleTargetRef();
        sheet.field("Name", metadata.nameOrEmpty())
                .field("Namespace", metadata.namespaceOrEmpty())
                .map("Labels", metadata.labels())
                .annotations("Annotations", metadata.annotations())
                .field("CreationTimestamp", Phrases.date(metadata.creationTimestamp()))
                .field("Reference", target.kind() + "/" + target.name())
                .field("Metrics", "( current / target )")
                .indented(() -> metrics(sheet, spec.metrics(), status.currentMetrics()));
        sheet.field("Min replicas", Phrases.orUnset(spec.minReplicas())).field("Max replicas", spec.maxReplicas());
        var behavior = spec.behavior();
        if (behavior != null) {
            sheet.section("Behavior", () -> {
                direction(sheet, "Scale Up", behavior.scaleUp());
                direction(sheet, "Scale Down", behavior.scaleDown());
            });
        }
        sheet.field(
                target.kind() + " pods",
                status.currentReplicas() + " current / " + status.desiredReplicas() + " desired");
        if (!status.conditions().isEmpty()) {
            sheet.section("Conditions", () -> {
                sheet.titles("Type", "Status", "Reason", "Message");
                status.conditions()
                        .forEach(each -> sheet.row(each.type(), each.status(), each.reason(), each.message()));
            });
        }
        EventList.write(sheet, context, autoscaler);
    }

    private static void metrics(Sheet sheet, List<MetricSpec> metrics, List<MetricStatus> statuses) {
        for (int i = 0; i < metrics.size(); i++) {
            metric(sheet, metrics.get(i), i < statuses.size() ? statuses.get(i) : null);
        }
    }

    private static void metric(Sheet sheet, MetricSpec metric, @Nullable MetricStatus status) {
        var external = metric.external();
        var pods = metric.pods();
        var object = metric.object();
        var resource = metric.resource();
        var ofContainer = metric.containerResource();
        if (external != null) {
            MetricValueStatus now = status == null || status.external() == null
                    ? null
                    : status.external().current();
            amounts(sheet, GoText.quote(external.metric().name()), external.target(), now);
        } else if (pods != null) {
            MetricValueStatus now = status == null || status.pods() == null
                    ? null
                    : status.pods().current();
            line(
                    sheet,
                    GoText.quote(pods.metric().name()) + " on pods",
                    now,
                    MetricValueStatus::averageValue,
                    pods.target().averageValue());
        } else if (object != null) {
            MetricValueStatus now = status == null || status.object() == null
                    ? null
                    : status.object().current();
            var described = object.describedObject();
            amounts(
                    sheet,
                    GoText.quote(object.metric().name()) + " on " + described.kind() + "/" + described.name(),
                    object.target(),
                    now);
        } else if (resource != null) {
            MetricValueStatus now = status == null || status.resource() == null
                    ? null
                    : status.resource().current();
            share(sheet, "resource " + resource.name() + " on pods", resource.target(), now);
        } else if (ofContainer != null) {
            MetricValueStatus now = status == null || status.containerResource() == null
                    ? null
                    : status.containerResource().current();
            share(
                    sheet,
                    "resource " + ofContainer.name() + " of container " + GoText.quote(ofContainer.container())
                            + " on pods",
                    ofContainer.target(),
                    now);
        } else {
            sheet.line("<unknown metric type " + GoText.quote(metric.type()) + ">");
        }
    }

    private static void amounts(Sheet sheet, String what, MetricTarget target, @Nullable MetricValueStatus now) {
        if (target.averageValue() != null) {
            line(sheet, what + " (target average value)", now, MetricValueStatus::averageValue, target.averageValue());
        } else {
            line(sheet, what + " (target value)", now, MetricValueStatus::value, target.value());
        }
    }

    private static void line(
            Sheet sheet,
            String what,
            @Nullable MetricValueStatus now,
            Function<MetricValueStatus, @Nullable Quantity> part,
            @Nullable Quantity target) {
        Quantity current = now == null ? null : part.apply(now);
        sheet.field(what, (current == null ? Phrases.UNKNOWN : current) + " / " + target);
    }

    private static void share(Sheet sheet, String what, MetricTarget target, @Nullable MetricValueStatus now) {
        if (target.averageValue() != null) {
            line(sheet, what, now, MetricValueStatus::averageValue, target.averageValue());
            return;
        }
        String current = now == null || now.averageUtilization() == null
                ? Phrases.UNKNOWN
                : now.averageUtilization() + "% (" + now.averageValue() + ")";
        String wanted = target.averageUtilization() == null ? "<auto>" : target.averageUtilization() + "%";
        sheet.field(what + "  (as a percentage of request)", current + " / " + wanted);
    }

    private static void direction(Sheet sheet, String direction, @Nullable HPAScalingRules rules) {
        if (rules == null) {
            return;
        }
        sheet.section(direction, () -> {
            if (rules.stabilizationWindowSeconds() != null) {
                sheet.line("Stabilization Window: " + rules.stabilizationWindowSeconds() + " seconds");
            }
            if (!rules.policies().isEmpty()) {
                sheet.line("Select Policy: " + requireNonNullElse(rules.selectPolicy(), "Max"));
                sheet.section(
                        "Policies",
                        () -> rules.policies()
                                .forEach(policy -> sheet.row(
                                        "- Type: " + policy.type(),
                                        "Value: " + policy.value(),
                                        "Period: " + policy.periodSeconds() + " seconds")));
            }
        });
    }
}
