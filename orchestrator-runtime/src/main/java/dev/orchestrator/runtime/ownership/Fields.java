package dev.orchestrator.runtime.ownership;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.orchestrator.runtime.codec.JsonNull;
import org.jspecify.annotations.Nullable;

/** The paths that an object has. */
final class Fields {

    private Fields() {}

    /** {@return the paths of all values in an object} */
    static FieldSet of(Schema schema, Map<String, Object> object) {
        var set = new FieldSet.Growing();
        parts(schema, object, set);
        return set.build();
    }

    private static void add(Schema schema, @Nullable Object value, FieldSet.Growing place) {
        Schema actual = schema.of(value);
        if (actual.isLeaf()) {
            place.add();
        } else {
            parts(actual, value, place);
        }
    }

    private static void parts(Schema schema, @Nullable Object value, FieldSet.Growing place) {
        if (schema instanceof Schema.ListOf list) {
            Comparison.byStep(list, Trees.list(value)).forEach((step, elements) -> {
                FieldSet.Growing inside = place.child(step);
                for (Object element : elements) {
                    add(list.element(), element, inside);
                }
                inside.add();
            });
            return;
        }
        Trees.map(value).forEach((name, part) -> {
            var step = new PathElement.Field(name);
            FieldSet.Growing inside = place.child(step);
            add(schema.inside(step), part, inside);
            boolean isNamed = schema instanceof Schema.Struct struct && struct.has(name);
            if (!isNamed || part == JsonNull.NULL || (part instanceof Map<?, ?> map && map.isEmpty())) {
                inside.add();
            }
        });
    }

    /** {@return an object without the values at some paths, and all that is in them; what is left empty is null} */
    static Map<String, Object> removed(Schema schema, Map<String, Object> object, FieldSet paths) {
        return Trees.map(remove(schema, object, paths));
    }

    private static Object remove(Schema schema, Object value, FieldSet paths) {
        Schema actual = schema.of(value);
        if (actual instanceof Schema.Scalar) {
            return value;
        }
        if (actual.isLeaf()) {
            return JsonNull.NULL;
        }
        return actual instanceof Schema.ListOf list
                ? removeElements(list, Trees.list(value), paths)
                : removeFields(actual, Trees.map(value), paths);
    }

    private static Object removeElements(Schema.ListOf schema, List<Object> elements, FieldSet paths) {
        var kept = new ArrayList<Object>(elements.size());
        for (Object element : elements) {
            FieldSet inside = paths.child(step(schema, element));
            if (!inside.isMember()) {
                kept.add(inside.isEmpty() ? element : remove(schema.element(), element, inside));
            }
        }
        return kept.isEmpty() ? JsonNull.NULL : kept;
    }

    private static PathElement step(Schema.ListOf schema, Object element) {
        try {
            return schema.stepTo(element);
        } catch (IllegalArgumentException keyless) {
            return new PathElement.Index(-1);
        }
    }

    private static Object removeFields(Schema schema, Map<String, Object> fields, FieldSet paths) {
        var kept = new LinkedHashMap<String, Object>();
        fields.forEach((name, value) -> {
            var step = new PathElement.Field(name);
            FieldSet inside = paths.child(step);
            if (!inside.isMember()) {
                kept.put(name, inside.isEmpty() ? value : remove(schema.inside(step), value, inside));
            }
        });
        return kept.isEmpty() ? JsonNull.NULL : kept;
    }
}
