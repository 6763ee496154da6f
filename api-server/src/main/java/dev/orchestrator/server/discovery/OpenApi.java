package dev.orchestrator.server.discovery;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

import com.google.common.hash.Hashing;
import dev.orchestrator.runtime.codec.JsonText;
import dev.orchestrator.server.discovery.Catalog.Served;
import dev.orchestrator.server.http.Call;
import dev.orchestrator.server.http.MediaTypes;

/**
 * The resources in OpenAPI: version 3 with one document for each group version, version 2 with one for all. Made from
 * the model when they are asked for, and kept.
 */
public final class OpenApi {

    private static final int HASH_LENGTH = 32;
    private static final String PROTOBUF = "application/com.github.proto-openapi.spec.v2.v1.0+protobuf";

    /** A document as it is sent. */
    private static final class Document {
        private final byte[] body;
        private final String hash;

        Document(Map<String, Object> tree) {
            body = JsonText.write(tree).getBytes(StandardCharsets.UTF_8);
            hash = Hashing.sha512()
                    .hashBytes(body)
                    .toString()
                    .substring(0, HASH_LENGTH)
                    .toUpperCase(Locale.ROOT);
        }
    }

    private final Catalog catalog;
    private final Map<String, List<Served>> groups = new TreeMap<>();
    private final Map<String, Document> documents = new ConcurrentHashMap<>();

    /** Describes a catalog. */
    public OpenApi(Catalog catalog) {
        this.catalog = catalog;
        catalog.byGroup()
                .forEach((group, versions) -> versions.forEach((version, served) ->
                        groups.put(group.isEmpty() ? "api/" + version : "apis/" + group + "/" + version, served)));
    }

    /** {@return whether the path was one of OpenAPI, and has been answered} */
    public boolean answer(Call call, List<String> path) {
        if (path.size() < 2 || !path.getFirst().equals("openapi")) {
            return false;
        }
        if (path.equals(List.of("openapi", "v2"))) {
            second(call);
            return true;
        }
        if (!path.get(1).equals("v3")) {
            return false;
        }
        if (path.size() == 2) {
            call.json(200, Map.of("paths", root()));
            return true;
        }
        String name = String.join("/", path.subList(2, path.size()));
        if (!groups.containsKey(name)) {
            return false;
        }
        third(call, document(name));
        return true;
    }

    // kubectl asks for protobuf alone, and takes an empty document for "no schema": then it relies on version 3.
    private void second(Call call) {
        String accepted = call.headers("Accept");
        if (accepted.contains("protobuf") && !accepted.contains(MediaTypes.JSON)) {
            call.bytes(200, PROTOBUF, new byte[0]);
        } else {
            call.bytes(200, MediaTypes.JSON, documents.computeIfAbsent("", any -> seconds()).body);
        }
    }

    private static void third(Call call, Document document) {
        call.setHeader("ETag", "\"" + document.hash + "\"");
        call.setHeader("Vary", "Accept");
        if (document.hash.equals(call.parameter("hash"))) {
            call.setHeader("Cache-Control", "public, immutable");
        }
        call.bytes(200, MediaTypes.JSON, document.body);
    }

    private Map<String, Object> root() {
        var paths = new LinkedHashMap<String, Object>();
        for (String name : groups.keySet()) {
            paths.put(name, Map.of("serverRelativeURL", "/openapi/v3/" + name + "?hash=" + document(name).hash));
        }
        return paths;
    }

    private Document document(String name) {
        return documents.computeIfAbsent(name, each -> {
            var tree = new LinkedHashMap<String, Object>();
            tree.put("openapi", "3.0.0");
            return written(tree, groups.getOrDefault(each, List.of()), Schemas.Dialect.V3);
        });
    }

    private Document seconds() {
        var tree = new LinkedHashMap<String, Object>();
        tree.put("swagger", "2.0");
        return written(tree, catalog.resources(), Schemas.Dialect.V2);
    }

    private static Document written(Map<String, Object> tree, List<Served> resources, Schemas.Dialect dialect) {
        var schemas = new Schemas(dialect);
        var operations = new Operations(schemas, dialect);
        var paths = new TreeMap<String, Object>();
        schemas.addShared();
        for (Served served : resources) {
            schemas.add(served.type());
            operations.add(served, paths);
        }
        tree.put("info", Map.of("title", "Kubernetes", "version", Version.GIT));
        tree.put("paths", paths);
        if (dialect == Schemas.Dialect.V3) {
            tree.put("components", Map.of("schemas", schemas.byName()));
        } else {
            tree.put("definitions", schemas.byName());
        }
        return new Document(tree);
    }
}
