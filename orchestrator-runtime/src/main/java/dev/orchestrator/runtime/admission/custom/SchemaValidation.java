package dev.orchestrator.runtime.admission.custom;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import dev.orchestrator.api.model.CustomObject;
import dev.orchestrator.api.model.apiextensions.JSONSchemaProps;
import dev.orchestrator.api.model.apiextensions.JSONSchemaPropsOrBool;
import dev.orchestrator.runtime.admission.field.FieldErrors;
import dev.orchestrator.runtime.admission.field.FieldPath;
import dev.orchestrator.runtime.custom.CustomTypes;
import dev.orchestrator.runtime.text.GoText;
import org.jspecify.annotations.Nullable;

/** Holds values against schemas, in the order and with the words of Kubernetes. */
final class SchemaValidation {

    private static final String BODY = " in body ";

    private final FieldErrors errors;

    private SchemaValidation(FieldErrors errors) {
        this.errors = errors;
    }

    /** Checks an object against the schema of its type. */
    static void validate(CustomObject object, FieldErrors errors) {
        JSONSchemaProps schema = CustomTypes.schema(object.resourceType());
        if (schema == null) {
            return;
        }
        var tree = new LinkedHashMap<String, Object>(object.content());
        tree.put("apiVersion", object.resourceType().apiVersion());
        tree.put("kind", object.resourceType().kind());
        tree.put("metadata", Map.of("name", object.metadata().nameOrEmpty()));
        validate(tree, schema, "", errors);
    }

    /** Checks a value at a path. */
    static void validate(Object value, JSONSchemaProps schema, String path, FieldErrors errors) {
        new SchemaValidation(errors).value(value, schema, path);
    }

    private void value(Object value, JSONSchemaProps schema, String path) {
        if (SchemaTypes.isNull(value) && schema.nullable()) {
            return;
        }
        if (!SchemaTypes.fits(value, schema)) {
            String found = SchemaTypes.of(value);
            String wanted = schema.intOrString() ? "integer,string" : String.valueOf(schema.type());
            errors.typeInvalid(at(path), found, path + BODY + "must be of type " + wanted + ": " + GoText.quote(found));
        }
        alternatives(value, schema, path);
        switch (value) {
            case String text -> text(text, schema, path);
            case Number number -> number(number, schema, path);
            case List<?> list -> list(list, schema, path);
            default -> {}
        }
        if (!schema.values().isEmpty() && schema.values().stream().noneMatch(each -> SchemaTypes.same(each, value))) {
            errors.notSupported(
                    at(path),
                    SchemaTypes.shown(value),
                    schema.values().stream().map(SchemaTypes::text).toList());
        }
        if (value instanceof Map<?, ?> map) {
            map(map, schema, path);
        }
    }

    private static FieldPath at(String path) {
        return FieldPath.of(path.isEmpty() ? "<nil>" : path);
    }

    private void invalid(String path, Object value, String what) {
        errors.invalid(at(path), SchemaTypes.shown(value), path + BODY + what);
    }

    private void text(String text, JSONSchemaProps schema, String path) {
        int length = text.codePointCount(0, text.length());
        if (schema.maxLength() != null && length > schema.maxLength()) {
            errors.tooLong(at(path), schema.maxLength().intValue());
        }
        if (schema.minLength() != null && length < schema.minLength()) {
            invalid(path, text, "should be at least " + schema.minLength() + " chars long");
        }
        if (schema.pattern() != null && !SchemaPatterns.matches(schema.pattern(), text)) {
            invalid(path, text, "should match '" + schema.pattern() + "'");
        }
        if (schema.format() != null && !SchemaFormats.isOf(schema.format(), text)) {
            errors.typeInvalid(
                    at(path), text, path + BODY + "must be of type " + schema.format() + ": " + GoText.quote(text));
        }
    }

    private void number(Number number, JSONSchemaProps schema, String path) {
        BigDecimal value = SchemaTypes.decimal(number);
        Double maximum = schema.maximum();
        if (maximum != null) {
            int order = value.compareTo(SchemaTypes.decimal(maximum));
            if (order > 0 || (order == 0 && schema.exclusiveMaximum())) {
                String what = schema.exclusiveMaximum() ? "should be less than " : "should be less than or equal to ";
                invalid(path, number, what + SchemaTypes.text(maximum));
            }
        }
        Double minimum = schema.minimum();
        if (minimum != null) {
            int order = value.compareTo(SchemaTypes.decimal(minimum));
            if (order < 0 || (order == 0 && schema.exclusiveMinimum())) {
                String what =
                        schema.exclusiveMinimum() ? "should be greater than " : "should be greater than or equal to ";
                invalid(path, number, what + SchemaTypes.text(minimum));
            }
        }
        Double multiple = schema.multipleOf();
        if (multiple != null
                && multiple != 0
                && value.remainder(SchemaTypes.decimal(multiple)).signum() != 0) {
            invalid(path, number, "should be a multiple of " + SchemaTypes.text(multiple));
        }
    }

    private void list(List<?> list, JSONSchemaProps schema, String path) {
        if (schema.minItems() != null && list.size() < schema.minItems()) {
            invalid(path, (long) list.size(), "should have at least " + schema.minItems() + " items");
        }
        if (schema.maxItems() != null && list.size() > schema.maxItems()) {
            errors.tooMany(at(path), list.size(), schema.maxItems().intValue());
        }
        JSONSchemaProps items = schema.items();
        if (items != null) {
            for (int i = 0; i < list.size(); i++) {
                value(list.get(i), items, path + "[" + i + "]");
            }
        }
        uniqueness(list, schema, path);
    }

    private void uniqueness(List<?> list, JSONSchemaProps schema, String path) {
        boolean isMap = "map".equals(schema.listType());
        if (!isMap && !"set".equals(schema.listType())) {
            return;
        }
        var seen = new HashSet<Object>();
        for (int i = 0; i < list.size(); i++) {
            Object key = isMap ? key(list.get(i), schema) : list.get(i);
            if (!seen.add(key)) {
                errors.duplicate(FieldPath.of(path + "[" + i + "]"), SchemaTypes.shown(key));
            }
        }
    }

    private static Object key(Object element, JSONSchemaProps schema) {
        var key = new TreeMap<String, Object>();
        if (element instanceof Map<?, ?> map) {
            for (String name : schema.listMapKeys()) {
                Object value = map.get(name);
                if (value != null) {
                    key.put(name, value);
                }
            }
        }
        return key;
    }

    private void map(Map<?, ?> map, JSONSchemaProps schema, String path) {
        if (schema.minProperties() != null && map.size() < schema.minProperties()) {
            invalid(path, (long) map.size(), "should have at least " + schema.minProperties() + " properties");
        }
        if (schema.maxProperties() != null && map.size() > schema.maxProperties()) {
            errors.tooMany(at(path), map.size(), schema.maxProperties().intValue());
        }
        JSONSchemaPropsOrBool more = schema.additionalProperties();
        new TreeMap<>(map).forEach((key, value) -> {
            String name = (String) key;
            JSONSchemaProps property = schema.properties().get(name);
            JSONSchemaProps inside = property == null && more != null ? more.schema() : property;
            if (inside != null) {
                value(value, inside, child(path, name));
            }
        });
        for (String name : schema.required()) {
            if (!map.containsKey(name)) {
                errors.required(FieldPath.of(child(path, name)));
            }
        }
    }

    private static String child(String path, String name) {
        return path.isEmpty() ? name : path + "." + name;
    }

    private void alternatives(Object value, JSONSchemaProps schema, String path) {
        String quoted = GoText.quote(path);
        List<String> wrong = new ArrayList<>();
        if (!schema.anyOf().isEmpty() && matching(value, schema.anyOf(), path) == 0) {
            wrong.add(quoted + " must validate at least one schema (anyOf)");
            firstFailure(value, schema.anyOf(), path);
        }
        if (!schema.oneOf().isEmpty()) {
            long matching = matching(value, schema.oneOf(), path);
            if (matching != 1) {
                wrong.add(quoted + " must validate one and only one schema (oneOf). Found "
                        + (matching == 0 ? "none valid" : matching + " valid alternatives"));
            }
            if (matching == 0) {
                firstFailure(value, schema.oneOf(), path);
            }
        }
        long all = schema.allOf().size();
        if (all > 0 && matching(value, schema.allOf(), path) < all) {
            wrong.add(quoted + " must validate all the schemas (allOf)");
            schema.allOf().forEach(each -> value(value, each, path));
        }
        JSONSchemaProps not = schema.not();
        if (not != null && matching(value, List.of(not), path) == 1) {
            wrong.add(quoted + " must not validate the schema (not)");
        }
        wrong.forEach(what -> errors.invalid(FieldPath.of("<nil>"), "", what));
    }

    /** Reports what is wrong with a value as the alternative sees it that it comes nearest to. */
    private void firstFailure(Object value, List<JSONSchemaProps> alternatives, String path) {
        @Nullable JSONSchemaProps nearest = null;
        int fewest = Integer.MAX_VALUE;
        for (JSONSchemaProps each : alternatives) {
            int count = faults(value, each, path);
            if (count < fewest) {
                fewest = count;
                nearest = each;
            }
        }
        if (nearest != null) {
            value(value, nearest, path);
        }
    }

    private static long matching(Object value, List<JSONSchemaProps> schemas, String path) {
        return schemas.stream().filter(each -> faults(value, each, path) == 0).count();
    }

    private static int faults(Object value, JSONSchemaProps schema, String path) {
        var trial = new FieldErrors();
        new SchemaValidation(trial).value(value, schema, path);
        return trial.count();
    }
}
