package dev.orchestrator.runtime.admission.pod;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

import dev.orchestrator.api.model.Quantity;
import dev.orchestrator.api.model.core.Container;
import dev.orchestrator.api.model.core.ContainerBuilder;
import dev.orchestrator.api.model.core.LimitRange;
import dev.orchestrator.api.model.core.LimitRangeItem;
import dev.orchestrator.api.model.core.PodSpec;
import dev.orchestrator.api.model.core.PodSpecBuilder;
import dev.orchestrator.api.model.core.ResourceRequirements;
import dev.orchestrator.runtime.admission.kind.Identity;

/**
 * A pod's spec with the requests and limits that limit ranges give to containers that name none.
 *
 * @param spec the spec; the given instance when nothing was missing
 * @param annotation what has been set, in Kubernetes' words; empty when nothing was
 */
record LimitDefaults(PodSpec spec, String annotation) {

    /**
     * {@return the spec after all ranges have been asked; the annotation speaks of the last that had something to set}
     */
    static LimitDefaults of(PodSpec spec, List<LimitRange> ranges) {
        var result = new LimitDefaults(spec, "");
        for (LimitRange range : ranges) {
            LimitDefaults next = of(result.spec, range);
            result = next.annotation.isEmpty() ? result : next;
        }
        return result;
    }

    private static LimitDefaults of(PodSpec spec, LimitRange range) {
        var limits = new TreeMap<String, Quantity>();
        var requests = new TreeMap<String, Quantity>();
        for (LimitRangeItem item : range.spec().limits()) {
            if (item.type().equals("Container")) {
                limits.putAll(item.defaults());
                requests.putAll(item.defaultRequest());
            }
        }
        var set = new ArrayList<String>();
        List<Container> containers =
                Identity.mapped(spec.containers(), each -> filled(each, "container", requests, limits, set));
        List<Container> initContainers =
                Identity.mapped(spec.initContainers(), each -> filled(each, "init container", requests, limits, set));
        if (set.isEmpty()) {
            return new LimitDefaults(spec, "");
        }
        PodSpec filled = PodSpecBuilder.builder(spec)
                .containers(containers)
                .initContainers(initContainers)
                .build();
        return new LimitDefaults(filled, "LimitRanger plugin set: " + String.join("; ", set));
    }

    private static Container filled(
            Container container,
            String what,
            Map<String, Quantity> requests,
            Map<String, Quantity> limits,
            List<String> set) {
        ResourceRequirements given = container.resources();
        var newRequests = new TreeSet<>(requests.keySet());
        newRequests.removeAll(given.requests().keySet());
        var newLimits = new TreeSet<>(limits.keySet());
        newLimits.removeAll(given.limits().keySet());
        if (newRequests.isEmpty() && newLimits.isEmpty()) {
            return container;
        }
        if (!newRequests.isEmpty()) {
            set.add(String.join(", ", newRequests) + " request for " + what + " " + container.name());
        }
        if (!newLimits.isEmpty()) {
            set.add(String.join(", ", newLimits) + " limit for " + what + " " + container.name());
        }
        return ContainerBuilder.builder(container)
                .resources(new ResourceRequirements(
                        given.claims(), both(given.limits(), limits), both(given.requests(), requests)))
                .build();
    }

    private static Map<String, Quantity> both(Map<String, Quantity> given, Map<String, Quantity> defaults) {
        var all = new TreeMap<>(defaults);
        all.putAll(given);
        return all;
    }
}
