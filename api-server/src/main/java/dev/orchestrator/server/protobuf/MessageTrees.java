package dev.orchestrator.server.protobuf;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import dev.orchestrator.runtime.codec.JsonText;
import org.jspecify.annotations.Nullable;

/**
 * Turns messages into the trees that JSON gives.
 *
 * <p>The record that a tree will become tells what a message can not: a struct that Kubernetes embeds is a message of
 * its own in protobuf, but in JSON its fields are those of the object around it.
 */
final class MessageTrees {

    /** Texts for which empty is not absent. */
    private static final Set<String> EMPTY_IS_SOMETHING = Set.of("storageClassName", "volumeAttributesClassName");

    private static final DateTimeFormatter MICROS =
            new DateTimeFormatterBuilder().appendInstant(6).toFormatter(java.util.Locale.ROOT);

    private static final ClassValue<Map<String, Type>> FIELDS = new ClassValue<>() {
        @Override
        protected Map<String, Type> computeValue(Class<?> type) {
            var fields = new HashMap<String, Type>();
            if (type.isRecord()) {
                for (RecordComponent component : type.getRecordComponents()) {
                    JsonProperty renamed = component.getAccessor().getAnnotation(JsonProperty.class);
                    fields.put(renamed == null ? component.getName() : renamed.value(), component.getGenericType());
                }
            }
            return fields;
        }
    };

    private MessageTrees() {}

    /** {@return the fields that a message sets} */
    static Map<String, Object> of(Message message, Class<?> record) {
        var tree = new LinkedHashMap<String, Object>();
        Map<String, Type> fields = FIELDS.get(record);
        message.getAllFields().forEach((field, value) -> {
            String name = field.getName().equals("uID") ? "uid" : field.getName();
            Type type = fields.get(name);
            if (type == null && isSingleMessage(field)) {
                tree.putAll(of((Message) value, record));
            } else {
                Object node = field(field, value, type == null ? Object.class : type);
                if (node != null) {
                    tree.put(name, node);
                }
            }
        });
        return tree;
    }

    private static boolean isSingleMessage(FieldDescriptor field) {
        return field.getJavaType() == FieldDescriptor.JavaType.MESSAGE && !field.isRepeated();
    }

    private static @Nullable Object field(FieldDescriptor field, Object value, Type type) {
        if (field.isMapField()) {
            return map((List<?>) value, last(type));
        }
        if (field.isRepeated()) {
            var list = new ArrayList<Object>();
            for (Object element : (List<?>) value) {
                Object node = value(element, last(type));
                if (node != null) {
                    list.add(node);
                }
            }
            return list;
        }
        // An empty text is one that was not set, but a number that was not set is not sent where that matters.
        boolean unset = value instanceof String text && text.isEmpty() && !EMPTY_IS_SOMETHING.contains(field.getName());
        return unset ? null : value(value, type);
    }

    private static Map<String, Object> map(List<?> entries, Type valueType) {
        var map = new LinkedHashMap<String, Object>();
        for (Object entry : entries) {
            Message pair = (Message) entry;
            FieldDescriptor key = pair.getDescriptorForType().findFieldByNumber(1);
            FieldDescriptor value = pair.getDescriptorForType().findFieldByNumber(2);
            Object node = value(pair.getField(value), valueType);
            if (node != null) {
                map.put((String) pair.getField(key), node);
            }
        }
        return map;
    }

    private static Type last(Type type) {
        if (type instanceof ParameterizedType generic) {
            Type[] arguments = generic.getActualTypeArguments();
            return arguments[arguments.length - 1];
        }
        return Object.class;
    }

    private static @Nullable Object value(Object value, Type type) {
        return switch (value) {
            case Message message -> message(message, type instanceof Class<?> record ? record : Object.class);
            case ByteString bytes -> Base64.getEncoder().encodeToString(bytes.toByteArray());
            case Integer number -> number.longValue();
            case Float number -> number.doubleValue();
            default -> value;
        };
    }

    private static @Nullable Object message(Message message, Class<?> record) {
        return switch (message.getDescriptorForType().getName()) {
            case "Quantity" -> text(message, 1);
            case "IntOrString" -> number(message, 1) == 0 ? (Object) number(message, 2) : text(message, 3);
            case "Time" ->
                message.getAllFields().isEmpty() ? null : instant(message).toString();
            case "MicroTime" -> message.getAllFields().isEmpty() ? null : MICROS.format(instant(message));
            case "FieldsV1", "RawExtension", "JSON" -> json(message);
            case "ExtraValue" -> message.getField(message.getDescriptorForType().findFieldByNumber(1));
            default -> of(message, record);
        };
    }

    private static Instant instant(Message message) {
        return Instant.ofEpochSecond(number(message, 1), number(message, 2));
    }

    private static long number(Message message, int field) {
        return ((Number) message.getField(message.getDescriptorForType().findFieldByNumber(field))).longValue();
    }

    private static String text(Message message, int field) {
        return (String) message.getField(message.getDescriptorForType().findFieldByNumber(field));
    }

    private static @Nullable Object json(Message message) {
        ByteString raw =
                (ByteString) message.getField(message.getDescriptorForType().findFieldByNumber(1));
        return raw.isEmpty()
                ? null
                : JsonText.parse(raw.toByteArray()).getFirst().root();
    }
}
