package dev.orchestrator.runtime.admission.field;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

import dev.orchestrator.api.model.IntOrString;
import dev.orchestrator.api.model.Quantity;
import dev.orchestrator.api.model.meta.LabelSelector;
import dev.orchestrator.api.model.meta.LabelSelectorRequirement;
import dev.orchestrator.runtime.text.GoText;
import org.jspecify.annotations.Nullable;

/** Writes values the way Go's formatter does, because Kubernetes puts that into its error messages. */
public final class GoSyntax {

    private GoSyntax() {}

    /** {@return the value as a field error shows it: strings quoted, numbers bare, the rest in Go syntax} */
    static String errorValue(@Nullable Object value) {
        if (value == null) {
            return "null";
        }
        return switch (value) {
            case String text -> GoText.quote(text);
            case Number number -> number.toString();
            case Boolean flag -> flag.toString();
            case Quantity quantity -> GoText.quote(quantity.toString());
            case Instant time -> time.toString();
            default -> literal(value);
        };
    }

    /** {@return the value as Go source, such as {@code map[string]string{"a":"b"}}} */
    public static String literal(@Nullable Object value) {
        if (value == null) {
            return "<nil>";
        }
        return switch (value) {
            case String text -> GoText.quote(text);
            case LabelSelector selector -> labelSelector(selector);
            case LabelSelectorRequirement requirement -> requirement(requirement);
            case IntOrString number -> intOrString(number);
            case Map<?, ?> map -> map(map);
            case Collection<?> list -> elementType(list) + elements(list);
            case Record structure -> structure(structure);
            default -> value.toString();
        };
    }

    private static String labelSelector(LabelSelector selector) {
        String labels = selector.matchLabels().isEmpty() ? "map[string]string(nil)" : map(selector.matchLabels());
        String expressions = selector.matchExpressions().isEmpty()
                ? "[]v1.LabelSelectorRequirement(nil)"
                : "[]v1.LabelSelectorRequirement" + elements(selector.matchExpressions());
        return "v1.LabelSelector{MatchLabels:" + labels + ", MatchExpressions:" + expressions + "}";
    }

    private static String requirement(LabelSelectorRequirement requirement) {
        String values = requirement.values().isEmpty() ? "[]string(nil)" : literal(requirement.values());
        return "v1.LabelSelectorRequirement{Key:" + GoText.quote(requirement.key()) + ", Operator:"
                + GoText.quote(requirement.operator()) + ", Values:" + values + "}";
    }

    private static String intOrString(IntOrString value) {
        return value.isNumber()
                ? "intstr.IntOrString{Type:0, IntVal:" + value.number() + ", StrVal:\"\"}"
                : "intstr.IntOrString{Type:1, IntVal:0, StrVal:" + GoText.quote(value.text()) + "}";
    }

    private static String map(Map<?, ?> map) {
        var sorted = new TreeMap<String, Object>();
        map.forEach((key, value) -> sorted.put(String.valueOf(key), value));
        String entries = sorted.entrySet().stream()
                .map(entry -> GoText.quote(entry.getKey()) + ":" + literal(entry.getValue()))
                .collect(Collectors.joining(", "));
        boolean quantities = !sorted.isEmpty() && sorted.firstEntry().getValue() instanceof Quantity;
        return (quantities ? "core.ResourceList{" : "map[string]string{") + entries + "}";
    }

    private static String elementType(Collection<?> list) {
        Object first = list.isEmpty() ? "" : list.iterator().next();
        return switch (first) {
            case String text -> "[]string";
            case Integer number -> "[]int32";
            case Long number -> "[]int64";
            case Record structure -> "[]" + typeName(structure);
            default -> "[]interface {}";
        };
    }

    private static String elements(Collection<?> list) {
        return list.stream().map(GoSyntax::literal).collect(Collectors.joining(", ", "{", "}"));
    }

    private static String typeName(Record structure) {
        List<String> path = List.of(structure.getClass().getPackageName().split("\\."));
        String last = path.get(path.size() - 1);
        return (last.equals("meta") ? "v1" : last) + "." + structure.getClass().getSimpleName();
    }

    private static String structure(Record structure) {
        var text = new StringBuilder(typeName(structure)).append('{');
        String separator = "";
        for (RecordComponent component : structure.getClass().getRecordComponents()) {
            text.append(separator)
                    .append(fieldName(component.getName()))
                    .append(':')
                    .append(literal(read(component, structure)));
            separator = ", ";
        }
        return text.append('}').toString();
    }

    /** Go writes an acronym at the beginning of a name in capitals. */
    private static String fieldName(String name) {
        if (name.equals("uid") || name.equals("ip")) {
            return name.toUpperCase(Locale.ROOT);
        }
        return name.startsWith("api")
                ? "API" + name.substring(3)
                : Character.toUpperCase(name.charAt(0)) + name.substring(1);
    }

    private static @Nullable Object read(RecordComponent component, Record structure) {
        try {
            return component.getAccessor().invoke(structure);
        } catch (IllegalAccessException | InvocationTargetException notReadable) {
            throw new IllegalStateException(component + " cannot be read", notReadable);
        }
    }
}
