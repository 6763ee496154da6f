package dev.orchestrator.server.resource;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import dev.orchestrator.api.ApiException;
import dev.orchestrator.api.autoscaling.PodUsage;
import dev.orchestrator.api.model.ObjectKey;
import dev.orchestrator.api.model.Quantity;
import dev.orchestrator.api.model.Resource;
import dev.orchestrator.api.model.ResourceTypes;
import dev.orchestrator.api.model.core.Node;
import dev.orchestrator.api.model.core.Pod;
import dev.orchestrator.runtime.serving.ServedCluster;
import dev.orchestrator.runtime.text.GoText;
import dev.orchestrator.server.discovery.Catalog;
import dev.orchestrator.server.http.Call;
import dev.orchestrator.server.http.Statuses;
import dev.orchestrator.server.http.Target;
import dev.orchestrator.server.http.TypedTree;

/** What pods and nodes use, as {@code kubectl top} asks for it: the figures that autoscalers go by. */
public final class MetricsApi {

    private final ServedCluster cluster;

    /** Answers for a cluster. */
    public MetricsApi(ServedCluster cluster) {
        this.cluster = cluster;
    }

    /** {@return whether a path is about usage} */
    public static boolean concerns(Target target) {
        return target.apiVersion().equals(Catalog.METRICS) && target.subresource() == null;
    }

    /**
     * Serves a request about usage.
     *
     * @return whether there is such a resource
     */
    public boolean serve(Call call, Target target) throws InterruptedException {
        boolean isNodes = target.plural().equals("nodes") && target.namespace() == null;
        if (!isNodes && !target.plural().equals("pods")) {
            return false;
        }
        if (!call.method().equals("GET") || call.isSet("watch")) {
            throw Statuses.methodNotAllowed();
        }
        if (target.name() == null) {
            call.json(200, isNodes ? nodes(call) : pods(call, target));
        } else {
            call.json(200, isNodes ? node(target) : pod(target));
        }
        return true;
    }

    private Map<String, Object> pods(Call call, Target target) throws InterruptedException {
        var items = new ArrayList<Object>();
        for (Pod pod : cluster.store()
                .list(ResourceTypes.POD, Requests.list(call, target.namespace()))
                .items()) {
            usage(pod).ifPresent(usage -> items.add(tree(pod, usage)));
        }
        return list("PodMetricsList", items);
    }

    private Map<String, Object> nodes(Call call) throws InterruptedException {
        var items = new ArrayList<Object>();
        for (Node node : cluster.store()
                .list(ResourceTypes.NODE, Requests.list(call, null))
                .items()) {
            items.add(tree(node));
        }
        return list("NodeMetricsList", items);
    }

    private static Map<String, Object> list(String kind, List<Object> items) {
        var tree = TypedTree.of(kind, Catalog.METRICS);
        tree.put("metadata", Map.of());
        tree.put("items", items);
        return tree;
    }

    private Map<String, Object> pod(Target target) throws InterruptedException {
        ObjectKey key = Resources.key(target);
        Optional<Pod> pod = cluster.store().find(ResourceTypes.POD, key);
        Optional<PodUsage> usage = pod.isEmpty() ? Optional.empty() : usage(pod.get());
        if (pod.isEmpty() || usage.isEmpty()) {
            throw ApiException.of(
                    ApiException.Reason.NOT_FOUND,
                    "podmetrics.metrics.k8s.io \"" + key.namespace() + "/" + key.name() + "\" not found");
        }
        return tree(pod.get(), usage.get());
    }

    private Map<String, Object> node(Target target) throws InterruptedException {
        ObjectKey key = Resources.key(target);
        Optional<Node> node = cluster.store().find(ResourceTypes.NODE, key);
        if (node.isEmpty()) {
            throw ApiException.of(
                    ApiException.Reason.NOT_FOUND, "nodemetrics.metrics.k8s.io \"" + key.name() + "\" not found");
        }
        return tree(node.get());
    }

    /** A pod that ends while it is asked about uses nothing. */
    private Optional<PodUsage> usage(Pod pod) throws InterruptedException {
        if (!"Running".equals(pod.status().phase())) {
            return Optional.empty();
        }
        try {
            return cluster.metrics().usage(pod);
        } catch (ApiException gone) {
            return Optional.empty();
        }
    }

    private Map<String, Object> tree(Pod pod, PodUsage usage) {
        Map<String, Object> tree = head("PodMetrics", pod, usage.time(), usage.window());
        var containers = new ArrayList<Object>();
        new TreeMap<>(usage.containers()).forEach((name, amounts) -> {
            var container = new LinkedHashMap<String, Object>();
            container.put("name", name);
            container.put("usage", texts(amounts));
            containers.add(container);
        });
        tree.put("containers", containers);
        return tree;
    }

    private Map<String, Object> tree(Node node) throws InterruptedException {
        var sum = new TreeMap<String, Quantity>();
        sum.put("cpu", Quantity.ZERO);
        sum.put("memory", Quantity.ofBytes(0));
        Instant time = cluster.time().instant();
        Duration window = Duration.ZERO;
        for (Pod pod : cluster.store().podsOnNode(node.key().name())) {
            Optional<PodUsage> usage = usage(pod);
            if (usage.isPresent()) {
                usage.get()
                        .containers()
                        .values()
                        .forEach(amounts ->
                                amounts.forEach((resource, amount) -> sum.merge(resource, amount, Quantity::plus)));
                window =
                        usage.get().window().compareTo(window) > 0 ? usage.get().window() : window;
            }
        }
        Map<String, Object> tree = head("NodeMetrics", node, time, window);
        tree.put("usage", texts(sum));
        return tree;
    }

    private Map<String, Object> head(String kind, Resource about, Instant time, Duration window) {
        var metadata = new LinkedHashMap<String, Object>();
        metadata.put("name", about.key().name());
        if (!about.key().namespace().isEmpty()) {
            metadata.put("namespace", about.key().namespace());
        }
        metadata.put("creationTimestamp", second(cluster.time().instant()));
        if (!about.metadata().labels().isEmpty()) {
            metadata.put("labels", about.metadata().labels());
        }
        var tree = TypedTree.of(kind, Catalog.METRICS);
        tree.put("metadata", metadata);
        tree.put("timestamp", second(time));
        tree.put("window", GoText.duration(window));
        return tree;
    }

    private static String second(Instant time) {
        return time.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    private static Map<String, String> texts(Map<String, Quantity> amounts) {
        var texts = new TreeMap<String, String>();
        amounts.forEach((resource, amount) -> texts.put(resource, amount.toString()));
        return texts;
    }
}
