package dev.orchestrator.server.discovery;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import dev.orchestrator.api.model.ResourceType;
import dev.orchestrator.server.discovery.Catalog.Served;

/** What can be done with a resource, as OpenAPI's paths. */
final class Operations {

    private static final String PARAMETERS = "parameters";
    private static final String JSON = "application/json";
    private static final List<String> PATCHES = List.of(
            "application/apply-patch+yaml",
            "application/json-patch+json",
            "application/merge-patch+json",
            "application/strategic-merge-patch+json");
    private static final List<String> OF_A_LIST = List.of(
            "allowWatchBookmarks:boolean",
            "continue:string",
            "fieldSelector:string",
            "labelSelector:string",
            "limit:integer",
            "resourceVersion:string",
            "resourceVersionMatch:string",
            "sendInitialEvents:boolean",
            "timeoutSeconds:integer",
            "watch:boolean");
    private static final List<String> OF_A_WRITE =
            List.of("dryRun:string", "fieldManager:string", "fieldValidation:string");
    private static final List<String> OF_A_PATCH =
            List.of("dryRun:string", "fieldManager:string", "fieldValidation:string", "force:boolean");
    private static final List<String> OF_A_DELETION = List.of(
            "dryRun:string", "gracePeriodSeconds:integer", "orphanDependents:boolean", "propagationPolicy:string");

    private final Schemas schemas;
    private final Schemas.Dialect dialect;

    Operations(Schemas schemas, Schemas.Dialect dialect) {
        this.schemas = schemas;
        this.dialect = dialect;
    }

    /** Adds the paths of a resource. */
    void add(Served served, Map<String, Object> paths) {
        ResourceType<?> type = served.type();
        String root = (type.group().isEmpty() ? "/api/" : "/apis/") + type.apiVersion();
        String all = root + (type.isNamespaced() ? "/namespaces/{namespace}/" : "/") + type.plural();
        String object = Schemas.nameOf(type);
        String list = Schemas.nameOfList(type);
        var collection = new LinkedHashMap<String, Object>();
        add(collection, served, "list", "get", answering(operation(type, "list", OF_A_LIST), list));
        add(collection, served, "create", "post", asking(operation(type, "post", OF_A_WRITE), object, object));
        add(
                collection,
                served,
                "deletecollection",
                "delete",
                answering(operation(type, "deletecollection", OF_A_LIST), Schemas.nameOfStatus()));
        place(paths, all, type.isNamespaced() ? List.of("namespace") : List.of(), collection);
        if (type.isNamespaced()) {
            var everywhere = new LinkedHashMap<String, Object>();
            add(everywhere, served, "list", "get", answering(operation(type, "list", OF_A_LIST), list));
            place(paths, root + "/" + type.plural(), List.of(), everywhere);
        }
        place(
                paths,
                all + "/{name}",
                type.isNamespaced() ? List.of("name", "namespace") : List.of("name"),
                ofOne(served, object));
    }

    private Map<String, Object> ofOne(Served served, String object) {
        ResourceType<?> type = served.type();
        var one = new LinkedHashMap<String, Object>();
        add(one, served, "get", "get", answering(operation(type, "get", List.of()), object));
        add(one, served, "update", "put", asking(operation(type, "put", OF_A_WRITE), object, object));
        add(one, served, "patch", "patch", asking(operation(type, "patch", OF_A_PATCH), Schemas.nameOfPatch(), object));
        add(
                one,
                served,
                "delete",
                "delete",
                asking(
                        operation(type, "delete", OF_A_DELETION),
                        Schemas.nameOfDeleteOptions(),
                        Schemas.nameOfStatus()));
        return one;
    }

    private static void add(
            Map<String, Object> path, Served served, String verb, String method, Map<String, Object> operation) {
        if (served.verbs().contains(verb)) {
            path.put(method, operation);
        }
    }

    private void place(Map<String, Object> paths, String path, List<String> names, Map<String, Object> operations) {
        if (operations.isEmpty()) {
            return;
        }
        var parameters = new ArrayList<Object>();
        for (String name : names) {
            Map<String, Object> parameter = parameter(name + ":string", "path");
            parameter.put("required", true);
            parameters.add(parameter);
        }
        if (!parameters.isEmpty()) {
            operations.put(PARAMETERS, parameters);
        }
        paths.put(path, operations);
    }

    private Map<String, Object> operation(ResourceType<?> type, String action, List<String> parameters) {
        var operation = new LinkedHashMap<String, Object>();
        operation.put("tags", List.of(tag(type)));
        operation.put("operationId", id(type, action));
        operation.put(
                PARAMETERS,
                parameters.stream()
                        .map(parameter -> parameter(parameter, "query"))
                        .toList());
        operation.put("x-kubernetes-action", action);
        operation.put("x-kubernetes-group-version-kind", Schemas.gvk(type));
        return operation;
    }

    private static String tag(ResourceType<?> type) {
        String group = type.group().isEmpty()
                ? "core"
                : type.group().replace(".k8s.io", "").replace('.', '_');
        return group + "_" + type.version();
    }

    private static String id(ResourceType<?> type, String action) {
        String verb = switch (action) {
            case "post" -> "create";
            case "get" -> "read";
            case "put" -> "replace";
            case "deletecollection" -> "deleteCollection";
            default -> action;
        };
        String tag = tag(type);
        StringBuilder id = new StringBuilder(verb);
        for (String word : List.of(tag.split("_"))) {
            id.append(Character.toUpperCase(word.charAt(0))).append(word.substring(1));
        }
        return id.append(type.isNamespaced() ? "Namespaced" : "")
                .append(type.kind())
                .toString();
    }

    private Map<String, Object> parameter(String nameAndType, String in) {
        int colon = nameAndType.indexOf(':');
        var parameter = new LinkedHashMap<String, Object>();
        parameter.put("name", nameAndType.substring(0, colon));
        parameter.put("in", in);
        String type = nameAndType.substring(colon + 1);
        if (dialect == Schemas.Dialect.V3) {
            parameter.put("schema", Map.of("type", type));
        } else {
            parameter.put("type", type);
        }
        return parameter;
    }

    private Map<String, Object> answering(Map<String, Object> operation, String schema) {
        var response = new LinkedHashMap<String, Object>();
        response.put("description", "OK");
        if (dialect == Schemas.Dialect.V3) {
            response.put("content", Map.of(JSON, Map.of("schema", schemas.reference(schema))));
        } else {
            response.put("schema", schemas.reference(schema));
            operation.put("produces", List.of(JSON));
        }
        operation.put("responses", Map.of("200", response));
        return operation;
    }

    private Map<String, Object> asking(Map<String, Object> operation, String body, String answer) {
        boolean isPatch = "patch".equals(operation.get("x-kubernetes-action"));
        List<String> forms = isPatch ? PATCHES : List.of(JSON);
        if (dialect == Schemas.Dialect.V3) {
            var content = new LinkedHashMap<String, Object>();
            forms.forEach(form -> content.put(form, Map.of("schema", schemas.reference(body))));
            operation.put("requestBody", Map.of("content", content));
        } else {
            var parameter = new LinkedHashMap<String, Object>();
            parameter.put("name", "body");
            parameter.put("in", "body");
            parameter.put("schema", schemas.reference(body));
            operation.put("consumes", forms);
            operation.computeIfPresent(
                    PARAMETERS,
                    (key, others) -> Stream.concat(Stream.of(parameter), ((List<?>) others).stream())
                            .toList());
        }
        return answering(operation, answer);
    }
}
