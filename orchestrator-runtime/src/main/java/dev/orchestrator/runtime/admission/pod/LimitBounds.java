package dev.orchestrator.runtime.admission.pod;

import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

import dev.orchestrator.api.model.Quantity;
import dev.orchestrator.api.model.core.Container;
import dev.orchestrator.api.model.core.LimitRangeItem;
import dev.orchestrator.api.model.core.PodSpec;
import dev.orchestrator.runtime.placement.PodAmounts;
import org.jspecify.annotations.Nullable;

/** The bounds of a limit range, and what Kubernetes says of requests and limits that keep not to them. */
final class LimitBounds {

    private LimitBounds() {}

    /** Adds what is wrong with a pod. */
    static void ofPod(LimitRangeItem item, PodSpec spec, Collection<String> errors) {
        switch (item.type()) {
            case "Container" -> {
                spec.containers().forEach(container -> ofContainer(item, container, errors));
                spec.initContainers().forEach(container -> ofContainer(item, container, errors));
            }
            case "Pod" ->
                check(item, PodAmounts.requestsOfContainers(spec), PodAmounts.limitsOfContainers(spec), errors);
            default -> {}
        }
    }

    private static void ofContainer(LimitRangeItem item, Container container, Collection<String> errors) {
        check(item, container.resources().requests(), container.resources().limits(), errors);
    }

    /** Adds what is wrong with what a claim asks for; a claim has no limits. */
    static void ofClaim(LimitRangeItem item, Map<String, Quantity> requests, Collection<String> errors) {
        if (!item.type().equals("PersistentVolumeClaim")) {
            return;
        }
        new TreeMap<>(item.min())
                .forEach((name, bound) -> min(item.type(), name, bound, requests.get(name), null, errors));
        new TreeMap<>(item.max()).forEach((name, bound) -> {
            String usage = usage("maximum", name, item.type(), bound);
            Quantity request = requests.get(name);
            if (request == null) {
                errors.add(usage + ".  No request is specified");
            } else if (request.compareTo(bound) > 0) {
                errors.add(usage + ", but request is " + request);
            }
        });
    }

    private static void check(
            LimitRangeItem item,
            Map<String, Quantity> requests,
            Map<String, Quantity> limits,
            Collection<String> errors) {
        String type = item.type();
        new TreeMap<>(item.min())
                .forEach((name, bound) -> min(type, name, bound, requests.get(name), limits.get(name), errors));
        new TreeMap<>(item.max())
                .forEach((name, bound) -> max(type, name, bound, requests.get(name), limits.get(name), errors));
        new TreeMap<>(item.maxLimitRequestRatio())
                .forEach((name, bound) -> ratio(type, name, bound, requests.get(name), limits.get(name), errors));
    }

    private static void min(
            String type,
            String name,
            Quantity bound,
            @Nullable Quantity request,
            @Nullable Quantity limit,
            Collection<String> errors) {
        String usage = usage("minimum", name, type, bound);
        if (request == null) {
            errors.add(usage + ".  No request is specified");
        } else if (request.compareTo(bound) < 0) {
            errors.add(usage + ", but request is " + request);
        } else if (limit != null && limit.compareTo(bound) < 0) {
            errors.add(usage + ", but limit is " + limit);
        }
    }

    private static void max(
            String type,
            String name,
            Quantity bound,
            @Nullable Quantity request,
            @Nullable Quantity limit,
            Collection<String> errors) {
        String usage = usage("maximum", name, type, bound);
        if (limit == null) {
            errors.add(usage + ".  No limit is specified");
        } else if (limit.compareTo(bound) > 0) {
            errors.add(usage + ", but limit is " + limit);
        } else if (request != null && request.compareTo(bound) > 0) {
            errors.add(usage + ", but request is " + request);
        }
    }

    private static String usage(String bound, String name, String type, Quantity enforced) {
        return bound + " " + name + " usage per " + type + " is " + enforced;
    }

    private static void ratio(
            String type,
            String name,
            Quantity bound,
            @Nullable Quantity request,
            @Nullable Quantity limit,
            Collection<String> errors) {
        String start = name + " max limit to request ratio per " + type + " is " + bound + ", but ";
        if (request == null || request.signum() == 0) {
            errors.add(start + "no request is specified or request is 0");
        } else if (limit == null || limit.signum() == 0) {
            errors.add(start + "no limit is specified or limit is 0");
        } else {
            double observed = limit.amount().doubleValue() / request.amount().doubleValue();
            if (observed * 1000 > bound.milli()) {
                errors.add(start + "provided ratio is " + String.format(Locale.ROOT, "%f", observed));
            }
        }
    }
}
