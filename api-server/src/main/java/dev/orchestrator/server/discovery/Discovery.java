package dev.orchestrator.server.discovery;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

import com.google.common.hash.Hashing;
import dev.orchestrator.api.model.ResourceType;
import dev.orchestrator.runtime.codec.JsonText;
import dev.orchestrator.server.discovery.Catalog.Served;
import dev.orchestrator.server.discovery.Catalog.Subresource;
import dev.orchestrator.server.http.Call;
import dev.orchestrator.server.http.MediaTypes;
import dev.orchestrator.server.http.TypedTree;
import org.jspecify.annotations.Nullable;

/** Groups, versions, kinds and verbs, plain and aggregated, each answer with an {@code ETag}. */
public final class Discovery {

    private static final String AGGREGATED_GROUP = "apidiscovery.k8s.io";

    /** An answer that does not change. */
    private static final class Document {

        private final String type;
        private final byte[] body;
        private final String tag;

        Document(String type, Object tree) {
            this.type = type;
            this.body = (JsonText.write(tree) + "\n").getBytes(StandardCharsets.UTF_8);
            this.tag = "\"" + Hashing.sha256().hashBytes(body) + "\"";
        }

        void send(Call call) {
            call.setHeader("ETag", tag);
            call.setHeader("Vary", "Accept");
            call.setHeader("Cache-Control", "public");
            boolean known = tag.equals(call.header("If-None-Match"));
            call.bytes(known ? 304 : 200, type, known ? new byte[0] : body);
        }
    }

    private final Map<String, Map<String, List<Served>>> groups;
    private final Map<String, Document> documents = new ConcurrentHashMap<>();

    /** Describes a catalog, and what is measured besides. */
    public Discovery(Catalog catalog) {
        this.groups = new LinkedHashMap<>(catalog.byGroup());
        int slash = Catalog.METRICS.indexOf('/');
        groups.put(
                Catalog.METRICS.substring(0, slash), Map.of(Catalog.METRICS.substring(slash + 1), Catalog.measured()));
    }

    /** {@return whether the path was one of discovery, and has been answered} */
    public boolean answer(Call call, List<String> path) {
        boolean core = path.size() <= 2 && !path.isEmpty() && path.getFirst().equals("api");
        boolean grouped = path.size() <= 3 && !path.isEmpty() && path.getFirst().equals("apis");
        if (!core && !grouped) {
            return false;
        }
        return switch (path.size()) {
            case 1 -> root(call, path.getFirst());
            case 2 ->
                core
                        ? resources(call, "", path.get(1))
                        : found(
                                call,
                                groups.containsKey(path.get(1)),
                                "/apis/" + path.get(1),
                                () -> group(path.get(1)));
            default -> resources(call, path.get(1), path.get(2));
        };
    }

    private boolean root(Call call, String root) {
        String version = MediaTypes.choose(call.headers("Accept"), Discovery::aggregatedVersion);
        if (version != null && !version.isEmpty()) {
            String type = "application/json;g=" + AGGREGATED_GROUP + ";v=" + version + ";as=APIGroupDiscoveryList";
            send(call, "/" + root + " " + version, () -> new Document(type, aggregated(root, version)));
            return true;
        }
        return found(call, true, "/" + root, () -> root.equals("api") ? coreVersions(call) : groupList());
    }

    /** {@return the version of aggregated discovery that a clause asks for; empty for plain discovery} */
    private static @Nullable String aggregatedVersion(MediaTypes.Clause clause) {
        boolean aggregated = clause.parameter("as").equals("APIGroupDiscoveryList")
                && clause.parameter("g").equals(AGGREGATED_GROUP);
        if (!aggregated) {
            return clause.takesJson() && clause.parameter("as").isEmpty() ? "" : null;
        }
        String version = clause.parameter("v");
        return clause.takesJson() && (version.equals("v2") || version.equals("v2beta1")) ? version : null;
    }

    private boolean resources(Call call, String group, String version) {
        List<Served> served =
                Optional.ofNullable(groups.get(group)).map(v -> v.get(version)).orElse(null);
        String groupVersion = group.isEmpty() ? version : group + "/" + version;
        return found(call, served != null, "resources of " + groupVersion, () -> resourceList(groupVersion, served));
    }

    private boolean found(Call call, boolean exists, String key, Supplier<Object> tree) {
        if (exists) {
            send(call, key, () -> new Document(MediaTypes.JSON, tree.get()));
        }
        return exists;
    }

    private void send(Call call, String key, Supplier<Document> made) {
        documents.computeIfAbsent(key, missing -> made.get()).send(call);
    }

    private static Object coreVersions(Call call) {
        var tree = new LinkedHashMap<String, Object>();
        tree.put("kind", "APIVersions");
        tree.put("versions", List.of("v1"));
        String host = call.header("Host");
        tree.put(
                "serverAddressByClientCIDRs",
                List.of(Map.of("clientCIDR", "0.0.0.0/0", "serverAddress", host == null ? "" : host)));
        return tree;
    }

    private Object groupList() {
        var tree = TypedTree.of("APIGroupList", "v1");
        var list = new ArrayList<Object>();
        groups.keySet().stream().filter(name -> !name.isEmpty()).forEach(name -> {
            var group = group(name);
            group.remove("kind");
            group.remove("apiVersion");
            list.add(group);
        });
        tree.put("groups", list);
        return tree;
    }

    private Map<String, Object> group(String name) {
        var versions = new ArrayList<Map<String, Object>>();
        for (String version : groups.getOrDefault(name, Map.of()).keySet()) {
            var entry = new LinkedHashMap<String, Object>();
            entry.put("groupVersion", name + "/" + version);
            entry.put("version", version);
            versions.add(entry);
        }
        var tree = TypedTree.of("APIGroup", "v1");
        tree.put("name", name);
        tree.put("versions", versions);
        tree.put("preferredVersion", versions.getFirst());
        return tree;
    }

    private static Object resourceList(String groupVersion, @Nullable List<Served> served) {
        var list = new ArrayList<Object>();
        for (Served each : sorted(served == null ? List.of() : served)) {
            ResourceType<?> type = each.type();
            var resource = new LinkedHashMap<String, Object>();
            resource.put("name", type.plural());
            resource.put("singularName", type.singular());
            resource.put("namespaced", type.isNamespaced());
            resource.put("kind", type.kind());
            resource.put("verbs", each.verbs());
            putNames(resource, type);
            resource.put("storageVersionHash", hash(type));
            list.add(resource);
            each.subresources().forEach(part -> list.add(subresource(type, part)));
        }
        var tree = TypedTree.of("APIResourceList", "v1");
        tree.put("groupVersion", groupVersion);
        tree.put("resources", list);
        return tree;
    }

    private static Object subresource(ResourceType<?> type, Subresource part) {
        var tree = new LinkedHashMap<String, Object>();
        tree.put("name", type.plural() + "/" + part.name());
        tree.put("singularName", "");
        tree.put("namespaced", type.isNamespaced());
        if (!part.version().isEmpty()) {
            tree.put("group", part.group());
            tree.put("version", part.version());
        }
        tree.put("kind", part.kind());
        tree.put("verbs", part.verbs());
        return tree;
    }

    private static void putNames(Map<String, Object> resource, ResourceType<?> type) {
        if (!type.shortNames().isEmpty()) {
            resource.put("shortNames", type.shortNames());
        }
        if (!type.categories().isEmpty()) {
            resource.put("categories", type.categories());
        }
    }

    private static String hash(ResourceType<?> type) {
        byte[] digest = Hashing.sha256()
                .hashString(type.apiVersion() + "/" + type.kind(), StandardCharsets.UTF_8)
                .asBytes();
        return java.util.Base64.getEncoder().encodeToString(java.util.Arrays.copyOf(digest, 8));
    }

    private static List<Served> sorted(List<Served> served) {
        return served.stream()
                .sorted(Comparator.comparing(each -> each.type().plural()))
                .toList();
    }

    private Object aggregated(String root, String version) {
        var items = new ArrayList<Object>();
        groups.forEach((group, versions) -> {
            if (group.isEmpty() == root.equals("api")) {
                items.add(aggregatedGroup(group, versions));
            }
        });
        var tree = TypedTree.of("APIGroupDiscoveryList", AGGREGATED_GROUP + "/" + version);
        tree.put("metadata", Map.of());
        tree.put("items", items);
        return tree;
    }

    private static Object aggregatedGroup(String group, Map<String, List<Served>> versions) {
        var list = new ArrayList<Object>();
        versions.forEach((version, served) -> {
            var tree = new LinkedHashMap<String, Object>();
            tree.put("version", version);
            tree.put(
                    "resources",
                    sorted(served).stream().map(Discovery::aggregatedResource).toList());
            tree.put("freshness", "Current");
            list.add(tree);
        });
        var tree = new LinkedHashMap<String, Object>();
        tree.put("metadata", group.isEmpty() ? Map.of() : Map.of("name", group));
        tree.put("versions", list);
        return tree;
    }

    private static Object aggregatedResource(Served served) {
        ResourceType<?> type = served.type();
        var tree = new LinkedHashMap<String, Object>();
        tree.put("resource", type.plural());
        tree.put("responseKind", kind(type.group(), type.version(), type.kind()));
        tree.put("scope", type.isNamespaced() ? "Namespaced" : "Cluster");
        tree.put("singularResource", type.singular());
        tree.put("verbs", served.verbs());
        putNames(tree, type);
        if (!served.subresources().isEmpty()) {
            tree.put(
                    "subresources",
                    served.subresources().stream()
                            .map(part -> aggregatedSubresource(type, part))
                            .toList());
        }
        return tree;
    }

    private static Object aggregatedSubresource(ResourceType<?> type, Subresource part) {
        boolean own = part.version().isEmpty();
        var tree = new LinkedHashMap<String, Object>();
        tree.put("subresource", part.name());
        tree.put(
                "responseKind",
                kind(own ? type.group() : part.group(), own ? type.version() : part.version(), part.kind()));
        tree.put("verbs", part.verbs());
        return tree;
    }

    private static Map<String, Object> kind(String group, String version, String kind) {
        var tree = new LinkedHashMap<String, Object>();
        tree.put("group", group);
        tree.put("version", version);
        tree.put("kind", kind);
        return tree;
    }
}
