package dev.orchestrator.server.discovery;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.orchestrator.api.model.Resource;
import dev.orchestrator.api.model.ResourceType;
import dev.orchestrator.api.model.ResourceTypes;
import dev.orchestrator.api.model.ReviewTypes;

/** Which resources are served, with which verbs and subresources. */
public final class Catalog {

    /** The group version of what pods and nodes use. */
    public static final String METRICS = "metrics.k8s.io/v1beta1";

    private static final List<String> ALL_VERBS =
            List.of("create", "delete", "deletecollection", "get", "list", "patch", "update", "watch");
    private static final List<String> VERBS_OF_NAMESPACES =
            List.of("create", "delete", "get", "list", "patch", "update", "watch");
    private static final List<String> PROXY = List.of("create", "delete", "get", "patch", "update");
    private static final List<String> CREATE = List.of("create");
    private static final List<String> CONNECT = List.of("create", "get");
    private static final List<String> READ = List.of("get", "list");
    private static final List<String> READ_AND_WRITE = List.of("get", "patch", "update");

    /**
     * A part of a resource with a path of its own.
     *
     * @param name the last step of the path
     * @param group the group of what it speaks; empty when it is that of the resource
     * @param version the version of what it speaks; empty when it is that of the resource
     * @param kind the kind of what it speaks
     * @param verbs what can be done with it
     */
    public record Subresource(String name, String group, String version, String kind, List<String> verbs) {}

    /**
     * A kind of object that is served.
     *
     * @param type the kind
     * @param verbs what can be done with it
     * @param subresources its parts, by name
     */
    public record Served(ResourceType<?> type, List<String> verbs, List<Subresource> subresources) {}

    private final List<Served> resources;
    private final Map<String, Served> byPath = new LinkedHashMap<>();

    private Catalog(List<Served> resources) {
        this.resources = List.copyOf(resources);
        resources.forEach(served ->
                byPath.put(served.type().apiVersion() + "/" + served.type().plural(), served));
    }

    /** {@return the catalog of the built-in kinds, and of more} */
    static Catalog with(List<Served> more) {
        var resources = new ArrayList<Served>();
        for (ResourceType<?> type : ResourceTypes.stored()) {
            List<String> verbs = type.equals(ResourceTypes.NAMESPACE) ? VERBS_OF_NAMESPACES : ALL_VERBS;
            resources.add(new Served(type, verbs, subresources(type)));
        }
        ReviewTypes.all().forEach(type -> resources.add(new Served(type, CREATE, List.of())));
        resources.addAll(more);
        return new Catalog(resources);
    }

    private static List<Subresource> subresources(ResourceType<?> type) {
        var parts = new ArrayList<Subresource>();
        switch (type.kind()) {
            case "Pod" -> {
                parts.add(new Subresource("attach", "", "", "PodAttachOptions", CONNECT));
                parts.add(new Subresource("binding", "", "", "Binding", CREATE));
                parts.add(new Subresource("ephemeralcontainers", "", "", "Pod", READ_AND_WRITE));
                parts.add(new Subresource("eviction", "policy", "v1", "Eviction", CREATE));
                parts.add(new Subresource("exec", "", "", "PodExecOptions", CONNECT));
                parts.add(new Subresource("log", "", "", "Pod", List.of("get")));
                parts.add(new Subresource("portforward", "", "", "PodPortForwardOptions", CONNECT));
                parts.add(new Subresource("proxy", "", "", "PodProxyOptions", PROXY));
                parts.add(new Subresource("resize", "", "", "Pod", READ_AND_WRITE));
            }
            case "ServiceAccount" ->
                parts.add(new Subresource("token", "authentication.k8s.io", "v1", "TokenRequest", CREATE));
            case "Service" -> parts.add(new Subresource("proxy", "", "", "ServiceProxyOptions", PROXY));
            case "Namespace" -> parts.add(new Subresource("finalize", "", "", "Namespace", List.of("update")));
            case "Deployment", "ReplicaSet", "StatefulSet", "ReplicationController" ->
                parts.add(new Subresource("scale", "autoscaling", "v1", "Scale", READ_AND_WRITE));
            default -> {}
        }
        if (type.hasStatus()) {
            parts.add(new Subresource("status", "", "", type.kind(), READ_AND_WRITE));
        }
        return List.copyOf(parts);
    }

    /** {@return everything that is served} */
    public List<Served> resources() {
        return resources;
    }

    /** {@return the resource of a group version by its name in URLs, if it is served} */
    public Optional<Served> find(String apiVersion, String plural) {
        return Optional.ofNullable(byPath.get(apiVersion + "/" + plural));
    }

    /** {@return what is measured rather than stored, under the names of what is measured} */
    static List<Served> measured() {
        return List.of(
                new Served(measured("NodeMetrics", ResourceTypes.NODE), READ, List.of()),
                new Served(measured("PodMetrics", ResourceTypes.POD), READ, List.of()));
    }

    private static <R extends Resource> ResourceType<R> measured(String kind, ResourceType<R> of) {
        int slash = METRICS.indexOf('/');
        return new ResourceType<>(
                METRICS.substring(0, slash),
                METRICS.substring(slash + 1),
                kind,
                of.plural(),
                List.of(),
                List.of(),
                of.scope(),
                false,
                of.javaType(),
                null);
    }

    /** {@return the resources by group, and in it by version, in the order in which they are preferred} */
    public Map<String, Map<String, List<Served>>> byGroup() {
        var groups = new LinkedHashMap<String, Map<String, List<Served>>>();
        for (Served served : resources) {
            groups.computeIfAbsent(served.type().group(), any -> new LinkedHashMap<>())
                    .computeIfAbsent(served.type().version(), any -> new ArrayList<>())
                    .add(served);
        }
        return groups;
    }
}
