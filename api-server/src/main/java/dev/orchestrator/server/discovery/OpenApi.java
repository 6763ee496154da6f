package dev.orchestrator.server.discovery;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import com.google.common.hash.Hashing;
import dev.orchestrator.api.model.ResourceType;
import dev.orchestrator.runtime.codec.JsonText;
import dev.orchestrator.server.discovery.Catalog.Served;
import dev.orchestrator.server.http.Call;
import dev.orchestrator.server.http.MediaTypes;

/**
 * What clients read of OpenAPI before they write: which kinds can be patched, and that the server validates fields. The
 * second version is empty, which clients take for "no schema".
 */
public final class OpenApi {

    /** A document of one group version. */
    private record Document(String body, String hash) {}

    private final Map<String, Document> documents = new TreeMap<>();

    /** Describes a catalog. */
    public OpenApi(Catalog catalog) {
        catalog.byGroup()
                .forEach((group, versions) -> versions.forEach((version, served) -> {
                    String name = group.isEmpty() ? "api/" + version : "apis/" + group + "/" + version;
                    String body = JsonText.write(document(served));
                    String hash = Hashing.sha512()
                            .hashString(body, StandardCharsets.UTF_8)
                            .toString()
                            .substring(0, 32)
                            .toUpperCase(java.util.Locale.ROOT);
                    documents.put(name, new Document(body, hash));
                }));
    }

    /** {@return whether the path was one of OpenAPI, and has been answered} */
    public boolean answer(Call call, List<String> path) {
        if (path.size() < 2 || !path.getFirst().equals("openapi")) {
            return false;
        }
        if (path.equals(List.of("openapi", "v2"))) {
            call.bytes(200, "application/com.github.proto-openapi.spec.v2.v1.0+protobuf", new byte[0]);
            return true;
        }
        if (!path.get(1).equals("v3")) {
            return false;
        }
        if (path.size() == 2) {
            call.json(200, Map.of("paths", root()));
            return true;
        }
        Document document = documents.get(String.join("/", path.subList(2, path.size())));
        if (document == null) {
            return false;
        }
        call.setHeader("ETag", "\"" + document.hash() + "\"");
        call.setHeader("Vary", "Accept");
        if (document.hash().equals(call.parameter("hash"))) {
            call.setHeader("Cache-Control", "public, immutable");
        }
        call.bytes(200, MediaTypes.JSON, document.body().getBytes(StandardCharsets.UTF_8));
        return true;
    }

    private Map<String, Object> root() {
        var paths = new LinkedHashMap<String, Object>();
        documents.forEach((name, document) ->
                paths.put(name, Map.of("serverRelativeURL", "/openapi/v3/" + name + "?hash=" + document.hash())));
        return paths;
    }

    private static Map<String, Object> document(List<Served> served) {
        var paths = new LinkedHashMap<String, Object>();
        for (Served each : served) {
            paths.put(path(each.type()), Map.of("patch", patch(each.type())));
        }
        var tree = new LinkedHashMap<String, Object>();
        tree.put("openapi", "3.0.0");
        tree.put("info", Map.of("title", "Kubernetes", "version", Version.GIT));
        tree.put("paths", paths);
        return tree;
    }

    private static String path(ResourceType<?> type) {
        return (type.group().isEmpty() ? "/api/" : "/apis/") + type.apiVersion()
                + (type.isNamespaced() ? "/namespaces/{namespace}/" : "/") + type.plural() + "/{name}";
    }

    private static Map<String, Object> patch(ResourceType<?> type) {
        var kind = new LinkedHashMap<String, Object>();
        kind.put("group", type.group());
        kind.put("kind", type.kind());
        kind.put("version", type.version());
        var parameters = new ArrayList<Object>();
        for (String name : List.of("dryRun", "fieldManager", "fieldValidation", "force")) {
            var parameter = new LinkedHashMap<String, Object>();
            parameter.put("name", name);
            parameter.put("in", "query");
            parameter.put("schema", Map.of("type", name.equals("force") ? "boolean" : "string"));
            parameters.add(parameter);
        }
        var patch = new LinkedHashMap<String, Object>();
        patch.put("parameters", parameters);
        patch.put("responses", Map.of("200", Map.of("description", "OK")));
        patch.put("x-kubernetes-action", "patch");
        patch.put("x-kubernetes-group-version-kind", kind);
        return patch;
    }
}
