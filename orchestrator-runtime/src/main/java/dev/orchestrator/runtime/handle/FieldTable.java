package dev.orchestrator.runtime.handle;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import dev.orchestrator.api.ApiException;
import dev.orchestrator.api.model.Bytes;
import dev.orchestrator.api.model.MicroTime;
import dev.orchestrator.api.model.ResourceType;
import dev.orchestrator.api.model.ResourceTypes;
import dev.orchestrator.runtime.schema.Descriptions;
import dev.orchestrator.runtime.schema.ModelField;
import org.jspecify.annotations.Nullable;

/** What {@code explain} says: what a kind or a part of it is for, and its fields with their types, as kubectl does. */
final class FieldTable {

    private static final int WIDTH = 76;
    private static final String NOTHING_SAID = "<no description>";
    private static final Map<Class<?>, String> SCALARS = Map.ofEntries(
            Map.entry(String.class, "string"),
            Map.entry(int.class, "integer"),
            Map.entry(Integer.class, "integer"),
            Map.entry(long.class, "integer"),
            Map.entry(Long.class, "integer"),
            Map.entry(Double.class, "number"),
            Map.entry(boolean.class, "boolean"),
            Map.entry(Boolean.class, "boolean"),
            Map.entry(Instant.class, "string"),
            Map.entry(MicroTime.class, "string"),
            Map.entry(Bytes.class, "string"),
            Map.entry(Object.class, "Object"));

    private final StringBuilder out = new StringBuilder();

    private FieldTable() {}

    /**
     * {@return the text about a kind or field}
     *
     * @param path a kind by any of its names, then fields, with dots between
     * @param recursive whether the fields of fields are shown, without what they are for
     * @throws ApiException if there is no such kind or field
     */
    static String of(String path, boolean recursive) {
        String[] steps = path.strip().split("\\.", -1);
        ResourceType<?> type = ResourceTypes.named(steps[0])
                .orElseThrow(() -> notFound("the server doesn't have a resource type \"" + steps[0] + "\""));
        ModelField field = null;
        @Nullable Class<?> shown = type.javaType();
        for (String name : List.of(steps).subList(1, steps.length)) {
            field = fields(shown).stream()
                    .filter(each -> each.name().equals(name))
                    .findFirst()
                    .orElseThrow(() -> notFound("field \"" + name + "\" does not exist"));
            shown = field.record();
        }
        var table = new FieldTable();
        table.head(type, field);
        table.description(field, shown);
        table.fields(shown, recursive);
        return table.out.toString();
    }

    private static ApiException notFound(String message) {
        return ApiException.of(ApiException.Reason.NOT_FOUND, message);
    }

    private static List<ModelField> fields(@Nullable Class<?> owner) {
        return owner == null ? List.of() : ModelField.of(owner);
    }

    private void head(ResourceType<?> type, @Nullable ModelField field) {
        if (!type.group().isEmpty()) {
            out.append("GROUP:      ").append(type.group()).append('\n');
        }
        out.append("KIND:       ").append(type.kind()).append('\n');
        out.append("VERSION:    ").append(type.version()).append("\n\n");
        if (field != null) {
            out.append("FIELD: ")
                    .append(field.name())
                    .append(" <")
                    .append(name(field.type()))
                    .append(">\n\n");
        }
    }

    private void description(@Nullable ModelField field, @Nullable Class<?> shown) {
        String ofField = field == null ? "" : field.description();
        String ofType = shown == null ? "" : Descriptions.of(shown);
        out.append("DESCRIPTION:\n");
        if (ofField.isEmpty() && ofType.isEmpty()) {
            paragraph("<empty>");
        }
        paragraph(ofField);
        paragraph(ofType);
        out.append('\n');
    }

    private void fields(@Nullable Class<?> shown, boolean recursive) {
        List<ModelField> fields = fields(shown);
        if (fields.isEmpty()) {
            return;
        }
        out.append("FIELDS:\n");
        if (recursive) {
            nested(fields, "  ", new ArrayList<>());
            return;
        }
        for (ModelField field : fields) {
            out.append("  ").append(line(field)).append('\n');
            paragraph(field.description().isEmpty() ? NOTHING_SAID : field.description());
            out.append('\n');
        }
    }

    private void nested(List<ModelField> fields, String indent, List<Class<?>> around) {
        for (ModelField field : fields) {
            out.append(indent).append(line(field)).append('\n');
            Class<?> inside = field.record();
            // A type within itself, as in the schema of a custom resource, is shown once.
            if (inside != null && !around.contains(inside)) {
                around.add(inside);
                nested(ModelField.of(inside), indent + "  ", around);
                around.removeLast();
            }
        }
    }

    private void paragraph(String text) {
        if (text.isEmpty()) {
            return;
        }
        var column = 0;
        for (String word : text.split(" ", -1)) {
            boolean isFirst = column == 0;
            if (!isFirst && column + 1 + word.length() > WIDTH) {
                out.append('\n');
                isFirst = true;
                column = 0;
            }
            out.append(isFirst ? "    " : " ").append(word);
            column += (isFirst ? 0 : 1) + word.length();
        }
        out.append('\n');
    }

    private static String line(ModelField field) {
        return field.name() + "\t<" + name(field.type()) + ">" + (field.isRequired() ? " -required-" : "");
    }

    private static String name(Type type) {
        if (type instanceof ParameterizedType generic) {
            Type element = generic.getActualTypeArguments()[generic.getActualTypeArguments().length - 1];
            if (generic.getRawType() == List.class) {
                return "[]" + name(element);
            }
            return element == Object.class ? "Object" : "map[string]" + name(element);
        }
        return type instanceof Class<?> named ? SCALARS.getOrDefault(named, named.getSimpleName()) : "Object";
    }
}
