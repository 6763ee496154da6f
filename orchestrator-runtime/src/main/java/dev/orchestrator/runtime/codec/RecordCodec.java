package dev.orchestrator.runtime.codec;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

import com.fasterxml.jackson.core.io.SerializedString;
import dev.orchestrator.api.model.Required;
import dev.orchestrator.api.model.Resource;
import dev.orchestrator.api.model.ResourceType;
import dev.orchestrator.api.model.apiextensions.JSONSchemaPropsOrBool;
import dev.orchestrator.api.model.meta.DeleteOptions;
import dev.orchestrator.api.model.meta.Status;
import dev.orchestrator.runtime.schema.ModelField;
import org.jspecify.annotations.Nullable;

/** Reads and writes one record class of the model; made once for each class by reflection. */
final class RecordCodec implements ValueCodec {

    private static final MethodHandles.Lookup LOOKUP = MethodHandles.lookup();
    private static final SerializedString API_VERSION = new SerializedString("apiVersion");
    private static final SerializedString KIND = new SerializedString("kind");
    private static final Map<Class<?>, String> KINDS_WITHOUT_TYPE =
            Map.of(Status.class, "Status", DeleteOptions.class, "DeleteOptions");
    private static final ClassValue<RecordCodec> CODECS = new ClassValue<>() {
        @Override
        protected RecordCodec computeValue(Class<?> type) {
            return new RecordCodec(type);
        }
    };

    /** Something that a record is written with. */
    private sealed interface Member {

        String name();

        void write(Object owner, NodeWriter out);

        /** Writes what two owners have otherwise than the other. */
        default void writeDifference(Object old, Object now, NodeWriter before, NodeWriter after) {}
    }

    /**
     * One component of a record.
     *
     * @param index its place in the constructor
     * @param empty the value that is left out; null when every value is written
     */
    private record Field(
            String name,
            SerializedString written,
            int index,
            MethodHandle accessor,
            ValueCodec codec,
            @Nullable Object empty)
            implements Member {

        @Override
        public void write(Object owner, NodeWriter out) {
            Object value = read(accessor, owner);
            if (value != null && isSet(value)) {
                out.name(written);
                codec.write(value, out);
            }
        }

        private boolean isSet(Object value) {
            return !value.equals(empty) && !codec.isEmpty(value);
        }

        @Override
        public void writeDifference(Object old, Object now, NodeWriter before, NodeWriter after) {
            Object left = read(accessor, old);
            Object right = read(accessor, now);
            if (Objects.equals(left, right)) {
                return;
            }
            if (codec instanceof RecordReference reference
                    && left != null
                    && right != null
                    && isSet(left)
                    && isSet(right)) {
                before.name(written);
                after.name(written);
                reference.writeDifference(left, right, before, after);
            } else {
                write(old, before);
                write(now, after);
            }
        }
    }

    /** A component that is written whatever its value. */
    private record RequiredField(Field field) implements Member {

        @Override
        public String name() {
            return field.name();
        }

        @Override
        public void write(Object owner, NodeWriter out) {
            Object value = read(field.accessor(), owner);
            if (value != null) {
                out.name(field.written());
                field.codec().write(value, out);
            }
        }

        @Override
        public void writeDifference(Object old, Object now, NodeWriter before, NodeWriter after) {
            if (!Objects.equals(read(field.accessor(), old), read(field.accessor(), now))) {
                write(old, before);
                write(now, after);
            }
        }
    }

    /** One of the two fields that say what kind of object it is. */
    private record TypeField(
            String name, SerializedString written, Function<ResourceType<?>, String> part, String fixed)
            implements Member {

        @Override
        public void write(Object owner, NodeWriter out) {
            out.name(written);
            out.text(owner instanceof Resource resource ? part.apply(resource.resourceType()) : fixed);
        }
    }

    private final String goName;
    private final String goType;
    private final Class<?> type;
    private final Object zero;
    private final Member[] members;
    private final Map<String, Field> fields = new HashMap<>();
    private final @Nullable Object[] defaults;
    private final boolean hasKind;
    private volatile @Nullable MethodHandle constructor; // made by the first decoding: it costs milliseconds

    private RecordCodec(Class<?> type) {
        this.type = type;
        goName = GoTypes.recordName(type);
        goType = GoTypes.typeName(type);
        RecordComponent[] components = type.getRecordComponents();
        defaults = new Object[components.length];
        for (int i = 0; i < components.length; i++) {
            defaults[i] = primitiveZero(components[i].getType());
        }
        zero = zero(type);
        var all = new ArrayList<Member>();
        for (int i = 0; i < components.length; i++) {
            Field field = field(type, components[i], i, zero);
            fields.put(field.name(), field);
            all.add(isAlwaysWritten(components[i]) ? new RequiredField(field) : field);
        }
        String kind = KINDS_WITHOUT_TYPE.get(type);
        hasKind = kind != null || Resource.class.isAssignableFrom(type);
        if (hasKind) {
            all.add(new TypeField("apiVersion", API_VERSION, ResourceType::apiVersion, "v1"));
            all.add(new TypeField("kind", KIND, ResourceType::kind, String.valueOf(kind)));
        }
        all.sort(Comparator.comparing(Member::name));
        members = all.toArray(Member[]::new);
    }

    private static boolean isAlwaysWritten(RecordComponent component) {
        Class<?> type = component.getType();
        return component.isAnnotationPresent(Required.class) && (type.isPrimitive() || type == String.class);
    }

    private static @Nullable Object primitiveZero(Class<?> type) {
        ValueCodec scalar = type.isPrimitive() ? ScalarCodec.of(type) : null;
        return scalar == null ? null : scalar.zero();
    }

    static RecordCodec of(Class<?> type) {
        return CODECS.get(type);
    }

    // The builder's two methods have no parameters and so share their handles with those of all other builders.
    private static Object zero(Class<?> type) {
        try {
            Class<?> builder = Class.forName(type.getName() + "Builder", true, type.getClassLoader());
            MethodHandle create = LOOKUP.findStatic(builder, "builder", MethodType.methodType(builder))
                    .asType(MethodType.methodType(Object.class));
            MethodHandle build = LOOKUP.findVirtual(builder, "build", MethodType.methodType(type))
                    .asType(MethodType.methodType(Object.class, Object.class));
            return (Object) build.invokeExact((Object) create.invokeExact());
        } catch (RuntimeException | Error refused) {
            throw refused;
        } catch (Throwable notARecord) {
            throw new IllegalArgumentException(type + " is not a record of the model", notARecord);
        }
    }

    private MethodHandle constructor() {
        MethodHandle known = constructor;
        if (known == null) {
            known = constructor(type);
            constructor = known;
        }
        return known;
    }

    private static MethodHandle constructor(Class<?> type) {
        Class<?>[] types = Arrays.stream(type.getRecordComponents())
                .map(RecordComponent::getType)
                .toArray(Class<?>[]::new);
        try {
            return LOOKUP.unreflectConstructor(type.getDeclaredConstructor(types))
                    .asSpreader(Object[].class, types.length)
                    .asType(MethodType.methodType(Object.class, Object[].class));
        } catch (ReflectiveOperationException notARecord) {
            throw new IllegalArgumentException(type + " is not a record of the model", notARecord);
        }
    }

    private static Field field(Class<?> type, RecordComponent component, int index, Object zero) {
        String name = ModelField.nameOf(component);
        try {
            MethodHandle accessor =
                    LOOKUP.unreflect(component.getAccessor()).asType(MethodType.methodType(Object.class, Object.class));
            return new Field(
                    name,
                    new SerializedString(name),
                    index,
                    accessor,
                    codec(type, name, component.getGenericType()),
                    read(accessor, zero));
        } catch (IllegalAccessException hidden) {
            throw new IllegalArgumentException(type + "." + name + " can not be read", hidden);
        }
    }

    private static ValueCodec codec(Class<?> owner, String name, Type type) {
        if (type instanceof ParameterizedType generic) {
            Type[] arguments = generic.getActualTypeArguments();
            ValueCodec element = codec(owner, name, arguments[arguments.length - 1]);
            return generic.getRawType() == List.class ? new ListCodec(element) : new MapCodec(element);
        }
        ScalarCodec scalar = ScalarCodec.of((Class<?>) type);
        if (type == JSONSchemaPropsOrBool.class) {
            return SchemaOrBoolCodec.INSTANCE;
        }
        if (scalar == null) {
            return new RecordReference((Class<?>) type);
        }
        if (scalar == ScalarCodec.TEXT) {
            ValueCodec text = GoTypes.isPointer(owner, name) ? ScalarCodec.TEXT_POINTER : ScalarCodec.TEXT;
            String named = GoTypes.namedString(owner, name);
            return named == null ? text : new NamedTextCodec(text, named);
        }
        return scalar;
    }

    @Override
    public @Nullable Object decode(Object node, Decoding decoding) {
        if (!(node instanceof Map<?, ?> map)) {
            decoding.mismatch(node, goType);
            return null;
        }
        @SuppressWarnings("unchecked") // the keys of a tree are texts
        var nodes = (Map<String, Object>) map;
        @Nullable Object[] values = defaults.clone();
        for (Map.Entry<String, Object> entry : nodes.entrySet()) {
            Field field = fields.get(entry.getKey());
            if (field != null) {
                decodeField(field, entry.getValue(), values, decoding);
            } else if (isTypeField(entry.getKey())) {
                decodeTypeField(entry.getKey(), entry.getValue(), decoding);
            } else {
                decoding.unknownField(entry.getKey());
            }
        }
        decoding.duplicatesOf(nodes);
        return build(values);
    }

    private void decodeField(Field field, Object node, @Nullable Object[] values, Decoding decoding) {
        if (node == JsonNull.NULL) {
            return;
        }
        int mark = decoding.mark();
        String outer = decoding.enterField(goName, field.name());
        Object value = field.codec().decode(node, decoding);
        decoding.leaveField(outer, mark);
        boolean unset =
                value == null || (value instanceof String && field.codec().isEmpty(value));
        if (!unset) {
            values[field.index()] = value;
        }
    }

    private boolean isTypeField(String name) {
        return hasKind && (name.equals("apiVersion") || name.equals("kind"));
    }

    private void decodeTypeField(String name, Object node, Decoding decoding) {
        if (!(node instanceof String) && node != JsonNull.NULL) {
            int mark = decoding.mark();
            String outer = decoding.enterField(goName, name);
            decoding.mismatch(node, "string");
            decoding.leaveField(outer, mark);
        }
    }

    private Object build(@Nullable Object[] values) {
        try {
            return (Object) constructor().invokeExact(values);
        } catch (RuntimeException | Error refused) {
            throw refused;
        } catch (Throwable impossible) {
            throw new IllegalStateException(goName + " can not be made", impossible);
        }
    }

    @Override
    public Object zero() {
        return zero;
    }

    @Override
    public void write(Object value, NodeWriter out) {
        out.beginObject();
        for (Member member : members) {
            member.write(value, out);
        }
        out.endObject();
    }

    void writeDifference(Object old, Object now, NodeWriter before, NodeWriter after) {
        before.beginObject();
        after.beginObject();
        for (Member member : members) {
            member.writeDifference(old, now, before, after);
        }
        before.endObject();
        after.endObject();
    }

    private static @Nullable Object read(MethodHandle accessor, Object owner) {
        try {
            return (Object) accessor.invokeExact(owner);
        } catch (RuntimeException | Error failed) {
            throw failed;
        } catch (Throwable impossible) {
            throw new IllegalStateException(accessor + " can not be read", impossible);
        }
    }

    @Override
    public boolean isEmpty(Object value) {
        return false;
    }

    @Override
    public String goType() {
        return goType;
    }
}
