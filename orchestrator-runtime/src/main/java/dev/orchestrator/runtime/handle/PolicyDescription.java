package dev.orchestrator.runtime.handle;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

import dev.orchestrator.api.model.Quantity;
import dev.orchestrator.api.model.ResourceTypes;
import dev.orchestrator.api.model.core.LimitRange;
import dev.orchestrator.api.model.core.LimitRangeItem;
import dev.orchestrator.api.model.core.Namespace;
import dev.orchestrator.api.model.core.ResourceQuota;
import dev.orchestrator.api.model.meta.ObjectMeta;
import dev.orchestrator.api.model.policy.PodDisruptionBudget;
import dev.orchestrator.api.model.scheduling.PriorityClass;

/** What {@code describe} says about the kinds that bound what others may do, and about namespaces. */
final class PolicyDescription {

    private static final Map<String, String> SCOPES = Map.of(
            "Terminating",
            "Matches all pods that have an active deadline. These pods have a limited lifespan on a node before being"
                    + " actively terminated by the system.",
            "NotTerminating",
            "Matches all pods that do not have an active deadline. These pods usually include long running pods whose"
                    + " container command is not expected to terminate.",
            "BestEffort",
            "Matches all pods that do not have resource requirements set. These pods have a best effort quality of"
                    + " service.",
            "NotBestEffort",
            "Matches all pods that have at least one resource requirement set. These pods have a burstable or"
                    + " guaranteed quality of service.");

    private PolicyDescription() {}

    static void namespace(Sheet sheet, HandleContext context, Namespace namespace) {
        var metadata = namespace.metadata();
        sheet.field("Name", metadata.nameOrEmpty())
                .map("Labels", metadata.labels())
                .annotations("Annotations", metadata.annotations())
                .field("Status", namespace.status().phase());
        if (!namespace.status().conditions().isEmpty()) {
            sheet.section("Conditions", () -> {
                sheet.titles("Type", "Status", "LastTransitionTime", "Reason", "Message");
                namespace
                        .status()
                        .conditions()
                        .forEach(each -> sheet.row(
                                each.type(),
                                each.status(),
                                Phrases.date(each.lastTransitionTime()),
                                each.reason(),
                                each.message()));
            });
        }
        List<ResourceQuota> quotas = context.store().list(ResourceTypes.RESOURCE_QUOTA, metadata.nameOrEmpty()).stream()
                .sorted(Comparator.comparing(quota -> quota.key().name()))
                .toList();
        sheet.blank().line(quotas.isEmpty() ? "No resource quota." : "Resource Quotas");
        sheet.indented(() -> quotas.forEach(quota -> {
            sheet.field("Name", quota.key().name());
            scopes(sheet, "", quota);
            // kubectl underlines these titles with three dashes each.
            sheet.row("Resource", "Used", "Hard").row("--------", "---", "---");
            amounts(sheet, quota);
        }));
        List<LimitRange> limits = context.store().list(ResourceTypes.LIMIT_RANGE, metadata.nameOrEmpty());
        sheet.blank().line(limits.isEmpty() ? "No LimitRange resource." : "Resource Limits");
        if (!limits.isEmpty()) {
            limits(sheet, " ", limits.stream().flatMap(range -> range.spec().limits().stream()));
        }
    }

    private static void named(Sheet sheet, ObjectMeta metadata) {
        sheet.field("Name", metadata.nameOrEmpty()).field("Namespace", metadata.namespaceOrEmpty());
    }

    static void quota(Sheet sheet, ResourceQuota quota) {
        named(sheet, quota.metadata());
        scopes(sheet, " ", quota);
        sheet.titles("Resource", "Used", "Hard");
        amounts(sheet, quota);
    }

    private static void scopes(Sheet sheet, String indent, ResourceQuota quota) {
        List<String> scopes = quota.spec().scopes().stream().sorted().toList();
        sheet.optional("Scopes", Phrases.joined(scopes));
        scopes.stream().filter(SCOPES::containsKey).forEach(scope -> sheet.line(indent + "* " + SCOPES.get(scope)));
    }

    private static void amounts(Sheet sheet, ResourceQuota quota) {
        new TreeMap<>(quota.status().hard())
                .forEach((name, hard) ->
                        sheet.row(name, Objects.toString(quota.status().used().get(name), "0"), hard));
    }

    static void limitRange(Sheet sheet, LimitRange range) {
        named(sheet, range.metadata());
        limits(sheet, "", range.spec().limits().stream());
    }

    private static void limits(Sheet sheet, String indent, Stream<LimitRangeItem> items) {
        sheet.row(
                indent + "Type",
                "Resource",
                "Min",
                "Max",
                "Default Request",
                "Default Limit",
                "Max Limit/Request Ratio");
        sheet.row(
                indent + "----",
                "--------",
                "---",
                "---",
                "---------------",
                "-------------",
                "-----------------------");
        items.forEach(item -> {
            var resources = new TreeSet<String>();
            Stream.of(item.max(), item.min(), item.defaults(), item.defaultRequest(), item.maxLimitRequestRatio())
                    .forEach(amounts -> resources.addAll(amounts.keySet()));
            resources.forEach(resource -> sheet.row(
                    indent + item.type(),
                    resource,
                    amount(item.min(), resource),
                    amount(item.max(), resource),
                    amount(item.defaultRequest(), resource),
                    amount(item.defaults(), resource),
                    amount(item.maxLimitRequestRatio(), resource)));
        });
    }

    private static String amount(Map<String, Quantity> amounts, String resource) {
        return Objects.toString(amounts.get(resource), "-");
    }

    static void budget(Sheet sheet, HandleContext context, PodDisruptionBudget budget) {
        var spec = budget.spec();
        var status = budget.status();
        named(sheet, budget.metadata());
        sheet.optional("Min available", spec.minAvailable());
        if (spec.minAvailable() == null) {
            sheet.optional("Max unavailable", spec.maxUnavailable());
        }
        sheet.field("Selector", spec.selector() == null ? Phrases.UNSET : Phrases.selector(spec.selector()));
        sheet.section(
                "Status",
                () -> sheet.indented(() -> sheet.field("Allowed disruptions", status.disruptionsAllowed())
                        .field("Current", status.currentHealthy())
                        .field("Desired", status.desiredHealthy())
                        .field("Total", status.expectedPods())));
        EventList.write(sheet, context, budget);
    }

    static void priorityClass(Sheet sheet, HandleContext context, PriorityClass type) {
        sheet.field("Name", type.metadata().nameOrEmpty())
                .field("Value", Objects.requireNonNullElse(type.value(), 0))
                .field("GlobalDefault", type.globalDefault())
                .field("PreemptionPolicy", type.preemptionPolicy())
                .field("Description", type.description())
                .field("Annotations", Phrases.labels(type.metadata().annotations()));
        EventList.write(sheet, context, type);
    }
}
