package dev.orchestrator.runtime.ownership;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.orchestrator.api.model.Bytes;
import dev.orchestrator.api.model.IntOrString;
import dev.orchestrator.api.model.MicroTime;
import dev.orchestrator.api.model.Quantity;
import dev.orchestrator.api.model.Required;
import dev.orchestrator.api.model.ResourceType;
import dev.orchestrator.api.model.apiextensions.JSONSchemaPropsOrBool;
import dev.orchestrator.api.model.meta.ObjectMeta;
import dev.orchestrator.runtime.codec.JsonNull;
import dev.orchestrator.runtime.schema.ModelField;
import dev.orchestrator.runtime.schema.ModelTypes;
import org.jspecify.annotations.Nullable;

/** The schema of a record of the model; made once for each record, its fields when they are first asked for. */
final class ModelSchema implements Schema.Struct {

    private static final ClassValue<ModelSchema> SCHEMAS = new ClassValue<>() {
        @Override
        protected ModelSchema computeValue(Class<?> type) {
            return new ModelSchema(type, ListTypes.isAtomic(ModelTypes.name(type)));
        }
    };

    private static final Map<Class<?>, Schema> SCALARS = Map.ofEntries(
            Map.entry(String.class, Scalar.STRING),
            Map.entry(Instant.class, Scalar.STRING),
            Map.entry(MicroTime.class, Scalar.STRING),
            Map.entry(Bytes.class, Scalar.STRING),
            Map.entry(int.class, Scalar.NUMERIC),
            Map.entry(Integer.class, Scalar.NUMERIC),
            Map.entry(long.class, Scalar.NUMERIC),
            Map.entry(Long.class, Scalar.NUMERIC),
            Map.entry(boolean.class, Scalar.BOOLEAN),
            Map.entry(Boolean.class, Scalar.BOOLEAN),
            Map.entry(Quantity.class, Scalar.ANY),
            Map.entry(IntOrString.class, Scalar.ANY),
            Map.entry(Double.class, Scalar.NUMERIC),
            Map.entry(JSONSchemaPropsOrBool.class, Untyped.UNTYPED),
            Map.entry(Object.class, Untyped.UNTYPED));

    private final Class<?> type;
    private final boolean atomic;
    private volatile @Nullable Map<String, Schema> fields;
    private volatile @Nullable Map<String, Object> zero;

    private ModelSchema(Class<?> type, boolean atomic) {
        this.type = type;
        this.atomic = atomic;
    }

    /** {@return the schema of a kind, custom ones included} */
    static Schema.Struct of(ResourceType<?> type) {
        return type.isCustom() ? CustomSchema.of(type) : SCHEMAS.get(type.javaType());
    }

    /** {@return the schema of what every object says about itself} */
    static Schema.Struct ofMetadata() {
        return SCHEMAS.get(ObjectMeta.class);
    }

    @Override
    public boolean isAtomic() {
        return atomic;
    }

    @Override
    public @Nullable Schema field(String name) {
        Map<String, Schema> known = fields;
        if (known == null) {
            known = fields();
            fields = known;
        }
        return known.get(name);
    }

    private Map<String, Schema> fields() {
        var all = new HashMap<String, Schema>();
        for (ModelField field : ModelField.of(type)) {
            all.put(field.name(), schema(ModelTypes.name(type) + "." + field.name(), field.type()));
        }
        return all;
    }

    private static Schema schema(String field, Type type) {
        if (type instanceof ParameterizedType generic) {
            Type[] arguments = generic.getActualTypeArguments();
            Schema element = schema("", arguments[arguments.length - 1]);
            return generic.getRawType() == List.class
                    ? ListTypes.list(field, element)
                    : new MapOf(element, ListTypes.isAtomic(field));
        }
        Schema scalar = SCALARS.get((Class<?>) type);
        if (scalar != null) {
            return scalar;
        }
        return ListTypes.isGranular(field) ? new ModelSchema((Class<?>) type, false) : SCHEMAS.get((Class<?>) type);
    }

    @Override
    public Map<String, Object> zero() {
        Map<String, Object> known = zero;
        if (known == null) {
            known = zeroOf(type, unset(type));
            zero = known;
        }
        return known;
    }

    private static Object unset(Class<?> type) {
        try {
            Class<?> builder = Class.forName(type.getName() + "Builder", true, type.getClassLoader());
            Object empty = builder.getMethod("builder").invoke(null);
            return builder.getMethod("build").invoke(empty);
        } catch (ReflectiveOperationException notARecord) {
            throw new IllegalArgumentException(type + " is not a record of the model", notARecord);
        }
    }

    // What Go writes although it is not set: structs that are not pointers, and what is required.
    private static Map<String, Object> zeroOf(Class<?> type, Object unset) {
        var tree = new LinkedHashMap<String, Object>();
        for (RecordComponent component : type.getRecordComponents()) {
            Object value = read(component, unset);
            if (value != null && value.getClass().isRecord() && !SCALARS.containsKey(value.getClass())) {
                tree.put(ModelField.nameOf(component), zeroOf(value.getClass(), value));
            } else if (component.isAnnotationPresent(Required.class)) {
                tree.put(ModelField.nameOf(component), scalarOrNull(value));
            }
        }
        return tree;
    }

    private static Object scalarOrNull(@Nullable Object value) {
        return switch (value) {
            case String text -> text;
            case Boolean truth -> truth;
            case Number number -> number.longValue();
            case null, default -> JsonNull.NULL;
        };
    }

    private static @Nullable Object read(RecordComponent component, Object owner) {
        try {
            return component.getAccessor().invoke(owner);
        } catch (IllegalAccessException | InvocationTargetException impossible) {
            throw new IllegalStateException(component + " can not be read", impossible);
        }
    }
}
