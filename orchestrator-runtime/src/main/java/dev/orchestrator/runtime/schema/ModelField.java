package dev.orchestrator.runtime.schema;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.orchestrator.api.model.Required;
import dev.orchestrator.api.model.Resource;
import dev.orchestrator.api.model.meta.DeleteOptions;
import dev.orchestrator.api.model.meta.Status;
import org.jspecify.annotations.Nullable;

/**
 * One field of a record of the model, as it is written.
 *
 * @param owner the record
 * @param name its name in JSON and YAML
 * @param type its Java type
 * @param isRequired whether an object without it is refused
 */
public record ModelField(Class<?> owner, String name, Type type, boolean isRequired) {

    private static final String GROUPS = Resource.class.getPackageName() + ".";

    /** {@return the fields of a record by name, with those that say what kind it is; none for what is not a record} */
    public static List<ModelField> of(Class<?> owner) {
        if (!isPartOfModel(owner)) {
            return List.of();
        }
        var fields = new ArrayList<ModelField>();
        if (Resource.class.isAssignableFrom(owner) || owner == Status.class || owner == DeleteOptions.class) {
            fields.add(new ModelField(owner, "apiVersion", String.class, false));
            fields.add(new ModelField(owner, "kind", String.class, false));
        }
        for (RecordComponent component : owner.getRecordComponents()) {
            fields.add(new ModelField(
                    owner,
                    nameOf(component),
                    component.getGenericType(),
                    component.isAnnotationPresent(Required.class)));
        }
        fields.sort(Comparator.comparing(ModelField::name));
        return fields;
    }

    /** {@return the name of a component in JSON and YAML} */
    public static String nameOf(RecordComponent component) {
        JsonProperty renamed = component.getAccessor().getAnnotation(JsonProperty.class);
        return renamed == null ? component.getName() : renamed.value();
    }

    /** {@return whether the field holds a list} */
    public boolean isList() {
        return type instanceof ParameterizedType generic && generic.getRawType() == List.class;
    }

    /** {@return the record in the field, or in its elements or values; null for plain values} */
    public @Nullable Class<?> record() {
        return recordIn(type);
    }

    /** {@return the record that a type is, or that its elements or values are; null for plain values} */
    public static @Nullable Class<?> recordIn(Type type) {
        if (type instanceof ParameterizedType generic) {
            Type[] arguments = generic.getActualTypeArguments();
            return recordIn(arguments[arguments.length - 1]);
        }
        return type instanceof Class<?> plain && isPartOfModel(plain) ? plain : null;
    }

    // Quantities and the like are records, too, but of no group: they are values.
    private static boolean isPartOfModel(Class<?> type) {
        return type.isRecord() && type.getPackageName().startsWith(GROUPS);
    }

    /** {@return what the field is for; empty when nothing is written about it} */
    public String description() {
        return Descriptions.of(owner, name);
    }
}
