package dev.orchestrator.server.discovery;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import dev.orchestrator.api.model.ResourceType;
import dev.orchestrator.api.model.apiextensions.JSONSchemaProps;
import dev.orchestrator.api.model.meta.DeleteOptions;
import dev.orchestrator.api.model.meta.ListMeta;
import dev.orchestrator.api.model.meta.ObjectMeta;
import dev.orchestrator.api.model.meta.Status;
import dev.orchestrator.runtime.codec.Codec;
import dev.orchestrator.runtime.custom.CustomTypes;
import dev.orchestrator.runtime.schema.Descriptions;
import dev.orchestrator.runtime.schema.MergeKeys;
import dev.orchestrator.runtime.schema.ModelField;

/**
 * The schemas of kinds and of all they contain, as OpenAPI writes them, under the names that Kubernetes' own documents
 * use. Not thread-safe.
 */
final class Schemas {

    /** The versions of OpenAPI, which differ in how they point at a schema. */
    enum Dialect {
        /** Swagger 2.0. */
        V2("#/definitions/"),
        /** OpenAPI 3.0. */
        V3("#/components/schemas/");

        private final String prefix;

        Dialect(String prefix) {
            this.prefix = prefix;
        }
    }

    private static final String DESCRIPTION = "description";
    private static final String TYPE = "type";

    private final Dialect dialect;
    private final Map<String, Object> byName = new TreeMap<>();

    /** Without any schema. */
    Schemas(Dialect dialect) {
        this.dialect = dialect;
    }

    /** Adds a kind, the list of it, and what they contain. */
    void add(ResourceType<?> kind) {
        if (kind.isCustom()) {
            addCustom(kind);
            addList(kind);
            return;
        }
        add(kind.javaType());
        put(nameOf(kind), Descriptions.of(kind.javaType())).put("x-kubernetes-group-version-kind", List.of(gvk(kind)));
        addList(kind);
    }

    /** Adds what every group speaks besides its kinds: what is answered when something fails, and how to delete. */
    void addShared() {
        add(Status.class);
        add(DeleteOptions.class);
        put(SchemaNames.META + "Patch", "A change of an object, in one of the forms that a patch can have.")
                .put(TYPE, "object");
    }

    /** {@return the schemas by name} */
    Map<String, Object> byName() {
        return byName;
    }

    /** {@return the name of a kind's schema} */
    static String nameOf(ResourceType<?> kind) {
        return kind.isCustom() ? SchemaNames.ofCustom(kind) : SchemaNames.of(kind.javaType());
    }

    /** {@return the name of the schema of a kind's list} */
    static String nameOfList(ResourceType<?> kind) {
        return kind.isCustom()
                ? SchemaNames.ofCustom(kind).replaceFirst("[^.]*$", "") + kind.listKind()
                : nameOf(kind) + "List";
    }

    /** {@return the name of the schema of what says how a call ended} */
    static String nameOfStatus() {
        return SchemaNames.of(Status.class);
    }

    /** {@return the name of the schema of a patch} */
    static String nameOfPatch() {
        return SchemaNames.META + "Patch";
    }

    /** {@return the name of the schema of what says how to delete} */
    static String nameOfDeleteOptions() {
        return SchemaNames.of(DeleteOptions.class);
    }

    /** {@return what points at a schema} */
    Map<String, Object> reference(String name) {
        return Map.of("$ref", dialect.prefix + name);
    }

    /** {@return the group, kind and version, as extensions write them} */
    static Map<String, Object> gvk(ResourceType<?> kind) {
        return gvk(kind.group(), kind.kind(), kind.version());
    }

    private static Map<String, Object> gvk(String group, String kind, String version) {
        var gvk = new LinkedHashMap<String, Object>();
        gvk.put("group", group);
        gvk.put("kind", kind);
        gvk.put("version", version);
        return gvk;
    }

    @SuppressWarnings("unchecked") // every schema is made here
    private Map<String, Object> put(String name, String description) {
        return (Map<String, Object>) byName.computeIfAbsent(name, missing -> {
            var schema = new LinkedHashMap<String, Object>();
            if (!description.isEmpty()) {
                schema.put(DESCRIPTION, description);
            }
            return schema;
        });
    }

    private void add(Class<?> type) {
        String name = SchemaNames.of(type);
        if (byName.containsKey(name)) {
            return;
        }
        Map<String, Object> schema = put(name, Descriptions.of(type));
        schema.put(TYPE, "object");
        var required = new ArrayList<String>();
        var properties = new LinkedHashMap<String, Object>();
        for (ModelField field : ModelField.of(type)) {
            properties.put(field.name(), property(field));
            if (field.isRequired()) {
                required.add(field.name());
            }
        }
        if (!required.isEmpty()) {
            schema.put("required", required);
        }
        if (!properties.isEmpty()) {
            schema.put("properties", properties);
        }
    }

    private void addCustom(ResourceType<?> kind) {
        add(ObjectMeta.class);
        JSONSchemaProps defined = CustomTypes.schema(kind);
        Map<String, Object> schema = put(nameOf(kind), "");
        if (defined != null) {
            schema.putAll(Codec.toTree(defined));
        }
        schema.put(TYPE, "object");
        var properties = new LinkedHashMap<String, Object>();
        if (schema.get("properties") instanceof Map<?, ?> own) {
            own.forEach((name, property) -> properties.put((String) name, property));
        }
        properties.put("apiVersion", text("Group and version of the API that the object is written in."));
        properties.put("kind", text("Kind of the object."));
        properties.put(
                "metadata",
                described(
                        "Name, namespace, labels, annotations and owners of the object.",
                        pointer(SchemaNames.of(ObjectMeta.class))));
        schema.put("properties", properties);
        schema.put("x-kubernetes-group-version-kind", List.of(gvk(kind)));
    }

    private void addList(ResourceType<?> kind) {
        add(ListMeta.class);
        Map<String, Object> list = put(nameOfList(kind), "A list of objects of kind " + kind.kind() + ".");
        list.put(TYPE, "object");
        list.put("required", List.of("items"));
        var properties = new LinkedHashMap<String, Object>();
        properties.put("apiVersion", text("The version of the list's own form."));
        properties.put("items", described("The objects.", listOf(reference(nameOf(kind)))));
        properties.put("kind", text("The kind of the list itself."));
        properties.put(
                "metadata",
                described("Where the list was read, and how to read on.", pointer(SchemaNames.of(ListMeta.class))));
        list.put("properties", properties);
        list.put("x-kubernetes-group-version-kind", List.of(gvk(kind.group(), kind.listKind(), kind.version())));
    }

    private static Map<String, Object> text(String description) {
        return described(description, Map.of(TYPE, "string"));
    }

    private static Map<String, Object> described(String description, Map<String, Object> schema) {
        var all = new LinkedHashMap<String, Object>();
        if (!description.isEmpty()) {
            all.put(DESCRIPTION, description);
        }
        all.putAll(schema);
        return all;
    }

    private Map<String, Object> property(ModelField field) {
        Map<String, Object> property = described(field.description(), schema(field.type()));
        MergeKeys.Rule merge = MergeKeys.of(field.owner(), field.name());
        if (field.isList() && (merge.key() != null || merge.isSet())) {
            property.put("x-kubernetes-patch-strategy", merge.retainsKeys() ? "merge,retainKeys" : "merge");
        } else if (merge.retainsKeys()) {
            property.put("x-kubernetes-patch-strategy", "retainKeys");
        }
        if (merge.key() != null) {
            property.put("x-kubernetes-patch-merge-key", merge.key());
        }
        return property;
    }

    private Map<String, Object> schema(Type type) {
        if (type instanceof ParameterizedType generic) {
            Type[] arguments = generic.getActualTypeArguments();
            Type element = arguments[arguments.length - 1];
            if (generic.getRawType() == List.class) {
                return listOf(schema(element));
            }
            if (element == Object.class) {
                return Map.of(TYPE, "object");
            }
            return Map.of(TYPE, "object", "additionalProperties", schema(element));
        }
        Class<?> record = ModelField.recordIn(type);
        if (record != null) {
            add(record);
            return pointer(SchemaNames.of(record));
        }
        Scalars.Scalar scalar = Scalars.of(type);
        if (scalar.name().isEmpty()) {
            return scalar(scalar);
        }
        put(scalar.name(), "").putAll(scalar(scalar));
        return pointer(scalar.name());
    }

    private static Map<String, Object> listOf(Map<String, Object> element) {
        var list = new LinkedHashMap<String, Object>();
        list.put(TYPE, "array");
        list.put("items", element);
        return list;
    }

    // A reference stands alone in OpenAPI 3.0: what is said beside it would be overlooked.
    private Map<String, Object> pointer(String name) {
        return dialect == Dialect.V2 ? reference(name) : Map.of("allOf", List.of(reference(name)));
    }

    private Map<String, Object> scalar(Scalars.Scalar scalar) {
        if (scalar.type().isEmpty()) {
            return Map.of(TYPE, "object");
        }
        var schema = new LinkedHashMap<String, Object>();
        if (scalar.alternative().isEmpty() || dialect == Dialect.V2) {
            schema.put(TYPE, scalar.type());
        } else {
            schema.put("oneOf", List.of(Map.of(TYPE, scalar.alternative()), Map.of(TYPE, scalar.type())));
        }
        if (!scalar.format().isEmpty()) {
            schema.put("format", scalar.format());
        }
        return schema;
    }
}
