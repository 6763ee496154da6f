package dev.orchestrator.runtime.handle;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.orchestrator.api.ApiException;
import dev.orchestrator.api.model.Bytes;
import dev.orchestrator.api.model.MicroTime;
import dev.orchestrator.api.model.Required;
import dev.orchestrator.api.model.Resource;
import dev.orchestrator.api.model.ResourceType;
import dev.orchestrator.api.model.ResourceTypes;
import org.jspecify.annotations.Nullable;

/** What {@code explain} says: the fields of a kind or of a part of it, with their types. */
final class FieldTable {

    private static final Map<Class<?>, String> SCALARS = Map.ofEntries(
            Map.entry(String.class, "string"),
            Map.entry(int.class, "integer"),
            Map.entry(Integer.class, "integer"),
            Map.entry(long.class, "integer"),
            Map.entry(Long.class, "integer"),
            Map.entry(boolean.class, "boolean"),
            Map.entry(Boolean.class, "boolean"),
            Map.entry(Instant.class, "string"),
            Map.entry(MicroTime.class, "string"),
            Map.entry(Bytes.class, "string"),
            Map.entry(Object.class, "Object"));

    private record Field(String name, Type type, boolean required) {}

    private FieldTable() {}

    /**
     * {@return the text about a kind or field}
     *
     * @param path a kind by any of its names, then fields, with dots between
     * @param recursive whether the fields of fields are shown
     * @throws ApiException if there is no such kind or field
     */
    static String of(String path, boolean recursive) {
        String[] steps = path.strip().split("\\.", -1);
        ResourceType<?> type = ResourceTypes.named(steps[0])
                .orElseThrow(() -> notFound("the server doesn't have a resource type \"" + steps[0] + "\""));
        var out = new StringBuilder();
        if (!type.group().isEmpty()) {
            out.append("GROUP:      ").append(type.group()).append('\n');
        }
        out.append("KIND:       ").append(type.kind()).append('\n');
        out.append("VERSION:    ").append(type.version()).append("\n\n");
        Type shown = type.javaType();
        for (int i = 1; i < steps.length; i++) {
            String name = steps[i];
            Field field = fields(shown).stream()
                    .filter(each -> each.name().equals(name))
                    .findFirst()
                    .orElseThrow(() -> notFound("field \"" + name + "\" does not exist"));
            shown = field.type();
            if (i == steps.length - 1) {
                out.append("FIELD: ").append(line(field).replace('\t', ' ')).append("\n\n");
            }
        }
        List<Field> fields = fields(shown);
        if (!fields.isEmpty()) {
            out.append("FIELDS:\n");
            write(fields, "  ", recursive, new ArrayList<>(), out);
        }
        return out.toString();
    }

    private static ApiException notFound(String message) {
        return ApiException.of(ApiException.Reason.NOT_FOUND, message);
    }

    private static void write(
            List<Field> fields, String indent, boolean recursive, List<Class<?>> around, StringBuilder out) {
        for (Field field : fields) {
            out.append(indent).append(line(field)).append('\n');
            Class<?> inside = record(field.type());
            // A type within itself, as in the schema of a custom resource, is shown once.
            if (recursive && inside != null && !around.contains(inside)) {
                around.add(inside);
                write(fields(inside), indent + "  ", true, around, out);
                around.removeLast();
            }
        }
    }

    private static String line(Field field) {
        return field.name() + "\t<" + name(field.type()) + ">" + (field.required() ? " -required-" : "");
    }

    private static String name(Type type) {
        if (type instanceof ParameterizedType generic) {
            Type[] arguments = generic.getActualTypeArguments();
            return generic.getRawType() == List.class ? "[]" + name(arguments[0]) : "map[string]" + name(arguments[1]);
        }
        return type instanceof Class<?> named ? SCALARS.getOrDefault(named, named.getSimpleName()) : "Object";
    }

    private static @Nullable Class<?> record(Type type) {
        if (type instanceof ParameterizedType generic) {
            Type[] arguments = generic.getActualTypeArguments();
            return record(arguments[arguments.length - 1]);
        }
        return type instanceof Class<?> named && named.isRecord() && !SCALARS.containsKey(named) ? named : null;
    }

    private static List<Field> fields(Type type) {
        Class<?> owner = record(type);
        if (owner == null) {
            return List.of();
        }
        var fields = new ArrayList<Field>();
        if (Resource.class.isAssignableFrom(owner)) {
            fields.add(new Field("apiVersion", String.class, false));
            fields.add(new Field("kind", String.class, false));
        }
        for (RecordComponent component : owner.getRecordComponents()) {
            JsonProperty renamed = component.getAccessor().getAnnotation(JsonProperty.class);
            fields.add(new Field(
                    renamed == null ? component.getName() : renamed.value(),
                    component.getGenericType(),
                    component.isAnnotationPresent(Required.class)));
        }
        fields.sort(Comparator.comparing(Field::name));
        return fields;
    }
}
