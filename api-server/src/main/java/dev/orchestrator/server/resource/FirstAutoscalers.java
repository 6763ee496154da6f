package dev.orchestrator.server.resource;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.orchestrator.api.model.ResourceType;
import dev.orchestrator.api.model.ResourceTypes;
import dev.orchestrator.api.model.autoscaling.HorizontalPodAutoscaler;
import dev.orchestrator.api.model.autoscaling.MetricSpec;
import dev.orchestrator.api.model.autoscaling.MetricStatus;
import dev.orchestrator.runtime.codec.Codec;
import dev.orchestrator.runtime.ownership.ManagedFields;
import dev.orchestrator.runtime.serving.ServedCluster;
import dev.orchestrator.runtime.store.ObjectStore;
import dev.orchestrator.runtime.store.Page;
import dev.orchestrator.runtime.store.WriteRequest;
import dev.orchestrator.server.http.Call;
import dev.orchestrator.server.http.Statuses;
import dev.orchestrator.server.http.Target;
import org.jspecify.annotations.Nullable;

/**
 * Autoscalers as {@code autoscaling/v1} has them, with one number: how much of the requested processor time pods are to
 * use. {@code kubectl autoscale} makes them so; they can be made, read and deleted, not changed. What one number can
 * not say is left out.
 */
public final class FirstAutoscalers {

    private static final ResourceType<HorizontalPodAutoscaler> NOW = ResourceTypes.HORIZONTAL_POD_AUTOSCALER;

    private static final String API_VERSION = "autoscaling/v1";
    private static final String TARGET = "targetCPUUtilizationPercentage";
    private static final String CURRENT = "currentCPUUtilizationPercentage";

    private final ObjectStore store;
    private final Resources resources;

    /** Serves the autoscalers of a cluster; deletions are served as those of the present version. */
    public FirstAutoscalers(ServedCluster cluster, Resources resources) {
        this.store = cluster.store();
        this.resources = resources;
    }

    /** {@return whether a path is about autoscalers of that version} */
    public static boolean concerns(Target target) {
        return target.apiVersion().equals(API_VERSION)
                && target.plural().equals(NOW.plural())
                && target.subresource() == null;
    }

    /** Serves a request about them. */
    public void serve(Call call, Target target) throws IOException, InterruptedException {
        boolean isRead = call.method().equals("GET") && !call.isSet("watch");
        if (target.name() != null) {
            if (isRead) {
                call.json(200, of(store.get(NOW, Resources.key(target))));
            } else if (call.method().equals("DELETE")) {
                resources.object(call, NOW, target);
            } else {
                throw Statuses.methodNotAllowed();
            }
        } else if (isRead) {
            Page<HorizontalPodAutoscaler> page = store.list(NOW, Requests.list(call, target.namespace()));
            call.json(200, list(Map.of("resourceVersion", page.resourceVersion()), page.items()));
        } else if (call.method().equals("POST") && target.namespace() != null) {
            WriteRequest request = Requests.write(call, "CreateOptions");
            HorizontalPodAutoscaler made =
                    Resources.placed(Bodies.converted(call, NOW, FirstAutoscalers::toNow), target);
            call.json(201, of(store.create(made, request)));
        } else {
            throw Statuses.methodNotAllowed();
        }
    }

    /** {@return the fields of an autoscaler of now, for those of one of old} */
    static Map<String, Object> toNow(Map<?, ?> first) {
        var now = new LinkedHashMap<String, Object>();
        first.forEach((name, value) -> now.put(String.valueOf(name), value));
        now.put("apiVersion", "autoscaling/v2");
        // What has been measured is nothing that a client says.
        now.remove("status");
        if (now.get("spec") instanceof Map<?, ?> given) {
            var spec = new LinkedHashMap<String, Object>();
            given.forEach((name, value) -> spec.put(String.valueOf(name), value));
            Object percent = spec.remove(TARGET);
            if (percent != null) {
                spec.put(
                        "metrics",
                        List.of(Map.of(
                                "type",
                                "Resource",
                                "resource",
                                Map.of(
                                        "name",
                                        "cpu",
                                        "target",
                                        Map.of("type", "Utilization", "averageUtilization", percent)))));
            }
            now.put("spec", spec);
        }
        return now;
    }

    /** {@return the fields that an autoscaler has in the version of old; what that can not say is left out} */
    static Map<String, Object> of(HorizontalPodAutoscaler autoscaler) {
        var tree = new LinkedHashMap<>(Codec.toTree(ManagedFields.shown(autoscaler)));
        tree.put("apiVersion", API_VERSION);
        var spec = new LinkedHashMap<String, Object>();
        spec.put("scaleTargetRef", Codec.toTree(autoscaler.spec().scaleTargetRef()));
        if (autoscaler.spec().minReplicas() != null) {
            spec.put("minReplicas", autoscaler.spec().minReplicas());
        }
        spec.put("maxReplicas", autoscaler.spec().maxReplicas());
        Integer target = target(autoscaler.spec().metrics());
        if (target != null) {
            spec.put(TARGET, target);
        }
        tree.put("spec", spec);
        tree.put("status", status(autoscaler));
        return tree;
    }

    private static Map<String, Object> status(HorizontalPodAutoscaler autoscaler) {
        var status = new LinkedHashMap<String, Object>();
        status.put("currentReplicas", autoscaler.status().currentReplicas());
        status.put("desiredReplicas", autoscaler.status().desiredReplicas());
        if (autoscaler.status().lastScaleTime() != null) {
            status.put("lastScaleTime", autoscaler.status().lastScaleTime().toString());
        }
        for (MetricStatus metric : autoscaler.status().currentMetrics()) {
            if (metric.resource() != null
                    && metric.resource().name().equals("cpu")
                    && metric.resource().current().averageUtilization() != null) {
                status.put(CURRENT, metric.resource().current().averageUtilization());
            }
        }
        return status;
    }

    private static @Nullable Integer target(List<MetricSpec> metrics) {
        for (MetricSpec metric : metrics) {
            if (metric.resource() != null
                    && metric.resource().name().equals("cpu")
                    && metric.resource().target().averageUtilization() != null) {
                return metric.resource().target().averageUtilization();
            }
        }
        return null;
    }

    /** {@return the fields of a list of autoscalers} */
    static Map<String, Object> list(Map<String, Object> metadata, List<HorizontalPodAutoscaler> autoscalers) {
        var tree = new LinkedHashMap<String, Object>();
        tree.put("kind", "HorizontalPodAutoscalerList");
        tree.put("apiVersion", API_VERSION);
        tree.put("metadata", metadata);
        var items = new ArrayList<Object>();
        autoscalers.forEach(each -> items.add(of(each)));
        tree.put("items", items);
        return tree;
    }
}
