package dev.orchestrator.runtime.ownership;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import dev.orchestrator.runtime.codec.JsonNull;

/** Says what in a configuration that is to be applied does not fit the kind of object. */
final class Conformance {

    private final List<String> faults = new ArrayList<>();

    private Conformance() {}

    /**
     * {@return what is wrong with a configuration, as Kubernetes words it; empty when nothing is}
     *
     * @param object the configuration
     */
    static String faults(Schema schema, Map<String, Object> object) {
        var check = new Conformance();
        check.value(schema, object, "");
        return check.faults.size() <= 1
                ? String.join("", check.faults)
                : "errors:\n  " + String.join("\n  ", check.faults);
    }

    private void fault(String path, String what) {
        faults.add(path.isEmpty() ? what : path + ": " + what);
    }

    private void value(Schema schema, Object value, String path) {
        if (value == JsonNull.NULL) {
            return;
        }
        switch (schema.of(value)) {
            case Schema.Scalar scalar -> scalar(scalar, value, path);
            case Schema.ListOf list -> list(list, value, path);
            case Schema.Struct struct -> map(struct, value, path);
            case Schema.MapOf map -> map(map, value, path);
            case Schema.Untyped untyped -> throw new IllegalStateException("a value has a shape");
        }
    }

    private void scalar(Schema.Scalar scalar, Object value, String path) {
        switch (scalar) {
            case NUMERIC -> {
                if (!(value instanceof Number)) {
                    fault(path, "expected numeric (int or float), got " + goType(value));
                }
            }
            case STRING -> {
                if (!(value instanceof String)) {
                    fault(path, "expected string, got &value.valueUnstructured{Value:" + goSyntax(value) + "}");
                }
            }
            case BOOLEAN -> {
                if (!(value instanceof Boolean)) {
                    fault(path, "expected boolean, got &{" + plain(value) + "}");
                }
            }
            case ANY -> {
                if (value instanceof Map || value instanceof List) {
                    fault(path, "expected any scalar, got &{" + plain(value) + "}");
                }
            }
        }
    }

    private void list(Schema.ListOf schema, Object value, String path) {
        if (!(value instanceof List)) {
            fault(path, "expected list, got &{" + plain(value) + "}");
            return;
        }
        Set<PathElement> seen = new HashSet<>();
        List<Object> elements = Trees.list(value);
        for (int i = 0; i < elements.size(); i++) {
            PathElement step = new PathElement.Index(i);
            if (schema.elements() != Schema.Elements.ATOMIC) {
                try {
                    step = schema.stepTo(elements.get(i));
                } catch (IllegalArgumentException keyless) {
                    fault(path, "element " + i + ": " + keyless.getMessage());
                    continue;
                }
                if (!seen.add(step)) {
                    fault(path, "duplicate entries for key " + step);
                }
            }
            value(schema.element(), elements.get(i), path + step);
        }
    }

    private void map(Schema schema, Object value, String path) {
        if (!(value instanceof Map)) {
            fault(path, "expected map, got &{" + plain(value) + "}");
            return;
        }
        Trees.map(value).forEach((name, part) -> {
            var step = new PathElement.Field(name);
            if (schema instanceof Schema.Struct struct && !struct.has(name)) {
                fault(path + step, "field not declared in schema");
            } else {
                value(schema.inside(step), part, path + step);
            }
        });
    }

    private static String goType(Object value) {
        return switch (value) {
            case String text -> "string";
            case Boolean truth -> "bool";
            case Map<?, ?> map -> "map[string]interface {}";
            default -> "[]interface {}";
        };
    }

    private static String goSyntax(Object value) {
        return switch (value) {
            case Map<?, ?> map -> "map[string]interface {}" + entries(map, ":", true);
            case List<?> list -> "[]interface {}{" + elements(list, ", ", true) + "}";
            case String text -> '"' + text + '"';
            default -> value.toString();
        };
    }

    private static String plain(Object value) {
        return switch (value) {
            case Map<?, ?> map -> "map" + entries(map, ":", false);
            case List<?> list -> "[" + elements(list, " ", false) + "]";
            default -> value.toString();
        };
    }

    private static String entries(Map<?, ?> map, String colon, boolean isSyntax) {
        var entries = map.entrySet().stream()
                .map(each -> isSyntax
                        ? '"' + (String) each.getKey() + '"' + colon + goSyntax(each.getValue())
                        : each.getKey() + colon + plain(each.getValue()))
                .sorted()
                .toList();
        return isSyntax ? "{" + String.join(", ", entries) + "}" : "[" + String.join(" ", entries) + "]";
    }

    private static String elements(List<?> list, String comma, boolean isSyntax) {
        return String.join(
                comma,
                list.stream()
                        .map(isSyntax ? Conformance::goSyntax : Conformance::plain)
                        .toList());
    }
}
