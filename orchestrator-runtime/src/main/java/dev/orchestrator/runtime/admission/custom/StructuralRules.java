package dev.orchestrator.runtime.admission.custom;

import java.util.List;
import java.util.Set;
import java.util.TreeMap;

import dev.orchestrator.api.model.apiextensions.JSONSchemaProps;
import dev.orchestrator.api.model.apiextensions.JSONSchemaPropsBuilder;
import dev.orchestrator.api.model.apiextensions.JSONSchemaPropsOrBool;
import dev.orchestrator.runtime.admission.field.FieldErrors;
import dev.orchestrator.runtime.admission.field.FieldPath;
import dev.orchestrator.runtime.admission.field.GoLiteral;
import dev.orchestrator.runtime.admission.field.Zero;
import dev.orchestrator.runtime.custom.CustomTypes;
import org.jspecify.annotations.Nullable;

/** Whether a schema is structural: each value has one type, and what is said about it besides does not change that. */
final class StructuralRules {

    private static final List<String> TYPES = List.of("array", "boolean", "integer", "number", "object", "string");
    private static final Set<String> NAMES = Set.of("name", "generateName");
    private static final String PROPERTIES = "properties";
    private static final List<JSONSchemaProps> INT_OR_STRING = List.of(
            JSONSchemaPropsBuilder.builder().type("integer").build(),
            JSONSchemaPropsBuilder.builder().type("string").build());

    /** Where in an object a schema stands. */
    private enum Level {
        ROOT("must not be empty at the root"),
        ITEM("must not be empty for specified array items"),
        FIELD("must not be empty for specified object fields");

        private final String withoutType;

        Level(String withoutType) {
            this.withoutType = withoutType;
        }
    }

    private final FieldErrors errors;

    StructuralRules(FieldErrors errors) {
        this.errors = errors;
    }

    void root(JSONSchemaProps schema, FieldPath path) {
        structure(schema, Level.ROOT, path);
        JSONSchemaProps metadata = schema.properties().get("metadata");
        if (metadata != null && !NAMES.containsAll(metadata.properties().keySet())) {
            errors.forbidden(
                    path.child(PROPERTIES).key("metadata"),
                    "must not specify anything other than name and generateName, but metadata is implicitly"
                            + " specified");
        }
    }

    private void structure(JSONSchemaProps schema, Level level, FieldPath path) {
        unsupported(schema, path);
        JSONSchemaProps items = schema.items();
        if ("array".equals(schema.type()) && items == null) {
            errors.required(path.child("items"), "must be specified");
        }
        if (items != null) {
            structure(items, Level.ITEM, path.child("items"));
        }
        new TreeMap<>(schema.properties())
                .forEach((name, property) ->
                        structure(property, Level.FIELD, path.child(PROPERTIES).key(name)));
        additional(schema, level, path);
        types(schema, level, path);
        extensions(schema, path);
        pattern(schema, path);
        boolean mayHaveTypes = schema.anyOf().equals(INT_OR_STRING) && schema.intOrString();
        nestedIn(schema, path, mayHaveTypes);
        defaultFits(schema, path);
    }

    private void additional(JSONSchemaProps schema, Level level, FieldPath path) {
        JSONSchemaPropsOrBool more = schema.additionalProperties();
        if (more == null) {
            return;
        }
        FieldPath at = path.child("additionalProperties");
        if (level == Level.ROOT) {
            errors.forbidden(at, "must not be used at the root");
        }
        if (!schema.properties().isEmpty() && (!more.allows() || more.schema() != null)) {
            errors.forbidden(at, "additionalProperties and properties are mutual exclusive");
        }
        if (more.schema() != null) {
            structure(more.schema(), Level.FIELD, at);
        }
    }

    private void types(JSONSchemaProps schema, Level level, FieldPath path) {
        FieldPath at = path.child("type");
        String type = Zero.text(schema.type());
        String embedded = "must be object if x-kubernetes-embedded-resource is true";
        if (schema.embeddedResource() && !type.equals("object")) {
            if (type.isEmpty()) {
                errors.required(at, embedded);
            } else {
                errors.invalid(at, type, embedded);
            }
        } else if (type.isEmpty() && !schema.intOrString() && !CustomTypes.keepsUnknown(schema)) {
            errors.required(at, level.withoutType);
        } else if (!type.isEmpty() && !TYPES.contains(type)) {
            errors.notSupported(at, type, TYPES);
        }
        if (level == Level.ROOT && !type.isEmpty() && !type.equals("object")) {
            errors.invalid(at, type, "must be object at the root");
        }
    }

    private void extensions(JSONSchemaProps schema, FieldPath path) {
        if (schema.intOrString() && CustomTypes.keepsUnknown(schema)) {
            errors.invalid(
                    path.child("x-kubernetes-preserve-unknown-fields"),
                    true,
                    "must be false if x-kubernetes-int-or-string is true");
        }
        if (Boolean.FALSE.equals(schema.preserveUnknownFields())) {
            errors.invalid(path.child("x-kubernetes-preserve-unknown-fields"), false, "must be true or undefined");
        }
        if (schema.intOrString() && schema.embeddedResource()) {
            errors.invalid(
                    path.child("x-kubernetes-embedded-resource"),
                    true,
                    "must be false if x-kubernetes-int-or-string is true");
        }
        String list = schema.listType();
        if (list != null && !List.of("atomic", "set", "map").contains(list)) {
            errors.notSupported(path.child("x-kubernetes-list-type"), list, List.of("atomic", "set", "map"));
        }
        if (list != null && !"array".equals(schema.type())) {
            errors.invalid(
                    path.child("type"),
                    Zero.text(schema.type()),
                    "must be array if x-kubernetes-list-type is specified");
        }
        listMap(schema, path);
        String map = schema.mapType();
        if (map != null && !List.of("atomic", "granular").contains(map)) {
            errors.notSupported(path.child("x-kubernetes-map-type"), map, List.of("atomic", "granular"));
        }
    }

    private void listMap(JSONSchemaProps schema, FieldPath path) {
        FieldPath keys = path.child("x-kubernetes-list-map-keys");
        if (!"map".equals(schema.listType())) {
            if (!schema.listMapKeys().isEmpty()) {
                errors.forbidden(keys, "must not be specified if x-kubernetes-list-type is not map");
            }
            return;
        }
        if (schema.listMapKeys().isEmpty()) {
            errors.required(keys, "must not be empty if x-kubernetes-list-type is map");
        }
        JSONSchemaProps items = schema.items();
        for (int i = 0; items != null && i < schema.listMapKeys().size(); i++) {
            String key = schema.listMapKeys().get(i);
            JSONSchemaProps property = items.properties().get(key);
            if (property == null) {
                errors.invalid(keys.index(i), key, "entries must all be names of item properties");
            } else if (!items.required().contains(key) && property.defaultValue() == null) {
                errors.required(
                        path.child("items").child(PROPERTIES).key(key).child("default"),
                        "this property is in x-kubernetes-list-map-keys, so it must have a default or be a required"
                                + " property");
            }
        }
    }

    private void pattern(JSONSchemaProps schema, FieldPath path) {
        String pattern = schema.pattern();
        String fault = pattern == null ? null : SchemaPatterns.fault(pattern);
        if (pattern != null && fault != null) {
            errors.invalid(path.child("pattern"), pattern, "must be a valid regular expression, but isn't: " + fault);
        }
    }

    private void unsupported(JSONSchemaProps schema, FieldPath path) {
        forbid(schema.id() != null, path, "id");
        forbid(schema.additionalItems() != null, path, "additionalItems");
        forbid(!schema.patternProperties().isEmpty(), path, "patternProperties");
        forbid(!schema.definitions().isEmpty(), path, "definitions");
        forbid(!schema.dependencies().isEmpty(), path, "dependencies");
        forbid(schema.ref() != null, path, "$ref");
        if (schema.uniqueItems()) {
            errors.forbidden(
                    path.child("uniqueItems"),
                    "uniqueItems cannot be set to true since the runtime complexity becomes quadratic");
        }
    }

    private void forbid(boolean isThere, FieldPath path, String field) {
        if (isThere) {
            errors.forbidden(path.child(field), field + " is not supported");
        }
    }

    private void nestedIn(JSONSchemaProps schema, FieldPath path, boolean mayHaveTypes) {
        for (int i = 0; i < schema.anyOf().size() && !mayHaveTypes; i++) {
            nested(schema.anyOf().get(i), path.child("anyOf").index(i), false);
        }
        for (int i = 0; i < schema.allOf().size(); i++) {
            JSONSchemaProps each = schema.allOf().get(i);
            boolean isPattern = i == 0 && schema.intOrString() && each.anyOf().equals(INT_OR_STRING);
            nested(each, path.child("allOf").index(i), isPattern);
        }
        for (int i = 0; i < schema.oneOf().size(); i++) {
            nested(schema.oneOf().get(i), path.child("oneOf").index(i), false);
        }
        nested(schema.not(), path.child("not"), false);
    }

    private void nested(@Nullable JSONSchemaProps schema, FieldPath path, boolean mayHaveTypes) {
        if (schema == null) {
            return;
        }
        pattern(schema, path);
        nestedIn(schema, path, mayHaveTypes);
        nested(schema.items(), path.child("items"), false);
        new TreeMap<>(schema.properties())
                .forEach((name, property) ->
                        nested(property, path.child(PROPERTIES).key(name), false));
        mustBe(!Zero.isEmpty(schema.type()), path, "type", "must be empty to be structural");
        mustBe(
                schema.additionalProperties() != null,
                path,
                "additionalProperties",
                "must be undefined to be structural");
        mustBe(schema.defaultValue() != null, path, "default", "must be undefined to be structural");
        mustBe(!Zero.isEmpty(schema.title()), path, "title", "must be empty to be structural");
        mustBe(!Zero.isEmpty(schema.description()), path, "description", "must be empty to be structural");
        mustBe(schema.nullable(), path, "nullable", "must be false to be structural");
        mustBe(
                CustomTypes.keepsUnknown(schema),
                path,
                "x-kubernetes-preserve-unknown-fields",
                "must be false to be structural");
        mustBe(schema.embeddedResource(), path, "x-kubernetes-embedded-resource", "must be false to be structural");
        mustBe(schema.intOrString(), path, "x-kubernetes-int-or-string", "must be false to be structural");
        mustBe(!schema.listMapKeys().isEmpty(), path, "x-kubernetes-list-map-keys", "must be empty to be structural");
        mustBe(schema.listType() != null, path, "x-kubernetes-list-type", "must be undefined to be structural");
        mustBe(schema.mapType() != null, path, "x-kubernetes-map-type", "must be undefined to be structural");
        mustBe(!schema.validations().isEmpty(), path, "x-kubernetes-validations", "must be empty to be structural");
        if (schema.properties().containsKey("metadata")) {
            errors.forbidden(path.child(PROPERTIES).key("metadata"), "must not be specified in a nested context");
        }
    }

    private void mustBe(boolean isWrong, FieldPath path, String field, String what) {
        if (isWrong) {
            errors.forbidden(path.child(field), what);
        }
    }

    private void defaultFits(JSONSchemaProps schema, FieldPath path) {
        Object value = schema.defaultValue();
        if (value == null) {
            return;
        }
        var faults = new FieldErrors();
        SchemaValidation.validate(value, schema, path.child("default").toString(), faults);
        if (!faults.isEmpty()) {
            errors.invalid(
                    path.child("default"),
                    GoLiteral.of(CustomTypes.json(value)),
                    String.valueOf(faults.causes().getFirst().message()));
        }
    }
}
