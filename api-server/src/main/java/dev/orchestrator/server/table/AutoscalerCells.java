package dev.orchestrator.server.table;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import dev.orchestrator.api.model.Quantity;
import dev.orchestrator.api.model.autoscaling.HorizontalPodAutoscaler;
import dev.orchestrator.api.model.autoscaling.MetricSpec;
import dev.orchestrator.api.model.autoscaling.MetricStatus;
import dev.orchestrator.api.model.autoscaling.MetricTarget;
import dev.orchestrator.api.model.autoscaling.MetricValueStatus;
import org.jspecify.annotations.Nullable;

/** The row of an autoscaler: what it measures beside what it aims at. */
final class AutoscalerCells {

    private static final int MOST = 2;

    private AutoscalerCells() {}

    static List<Object> of(HorizontalPodAutoscaler it, Instant now) {
        var target = it.spec().scaleTargetRef();
        Integer least = it.spec().minReplicas();
        return List.of(
                Cells.name(it),
                target.kind() + "/" + target.name(),
                targets(it),
                least == null ? Cells.UNSET : Integer.toString(least),
                (long) it.spec().maxReplicas(),
                (long) it.status().currentReplicas(),
                Cells.age(it, now));
    }

    private static String targets(HorizontalPodAutoscaler it) {
        var all = new ArrayList<String>();
        List<MetricStatus> current = it.status().currentMetrics();
        for (int i = 0; i < it.spec().metrics().size(); i++) {
            all.add(target(it.spec().metrics().get(i), i < current.size() ? current.get(i) : null));
        }
        String joined = String.join(", ", all.subList(0, Math.min(MOST, all.size())));
        return all.isEmpty()
                ? Cells.NONE
                : all.size() > MOST ? joined + " + " + (all.size() - MOST) + " more..." : joined;
    }

    private static String target(MetricSpec spec, @Nullable MetricStatus status) {
        if (spec.resource() != null) {
            var now = status == null || status.resource() == null
                    ? null
                    : status.resource().current();
            return spec.resource().name() + ": " + measured(now, spec.resource().target());
        }
        if (spec.containerResource() != null) {
            var now = status == null || status.containerResource() == null
                    ? null
                    : status.containerResource().current();
            return spec.containerResource().name() + ": "
                    + measured(now, spec.containerResource().target());
        }
        if (spec.pods() != null) {
            var now = status == null || status.pods() == null
                    ? null
                    : status.pods().current();
            return measured(now, spec.pods().target());
        }
        if (spec.external() != null) {
            var now = status == null || status.external() == null
                    ? null
                    : status.external().current();
            return measured(now, spec.external().target());
        }
        if (spec.object() != null) {
            var now = status == null || status.object() == null
                    ? null
                    : status.object().current();
            return measured(now, spec.object().target());
        }
        return "<unknown type>";
    }

    private static String measured(@Nullable MetricValueStatus now, MetricTarget target) {
        Integer utilization = target.averageUtilization();
        if (utilization != null) {
            Integer current = now == null ? null : now.averageUtilization();
            return (current == null ? Cells.UNKNOWN : current + "%") + "/" + utilization + "%";
        }
        Quantity average = target.averageValue();
        if (average != null) {
            return text(now == null ? null : now.averageValue(), Cells.UNKNOWN) + "/" + average;
        }
        return text(now == null ? null : now.value(), Cells.UNKNOWN) + "/" + text(target.value(), "<auto>");
    }

    private static String text(@Nullable Quantity quantity, String otherwise) {
        return quantity == null ? otherwise : quantity.toString();
    }
}
