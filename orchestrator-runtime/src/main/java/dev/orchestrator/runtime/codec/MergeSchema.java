package dev.orchestrator.runtime.codec;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.orchestrator.api.model.Resource;
import org.jspecify.annotations.Nullable;

import static java.util.Objects.requireNonNull;

/** How the fields of one record are merged: which lists hold named elements, and which maps are replaced as a whole. */
final class MergeSchema {

    /** What nothing is known about: maps are merged, lists replaced. */
    static final MergeSchema UNKNOWN = new MergeSchema(Map.of());

    private static final String PLAIN = "-";
    private static final ClassValue<MergeSchema> SCHEMAS = new ClassValue<>() {
        @Override
        protected MergeSchema computeValue(Class<?> type) {
            return new MergeSchema(rules(type));
        }
    };

    /**
     * How one field is merged.
     *
     * @param record the record in the field or in its elements; null for plain values
     * @param mergeKey the field that names an element of the list; {@code -} for a list of plain values that is a set;
     *     null for a list that is replaced
     * @param retainsKeys whether only the fields that are given stay
     */
    record Rule(@Nullable Class<?> record, @Nullable String mergeKey, boolean retainsKeys) {

        static final Rule REPLACE = new Rule(null, null, false);

        boolean isSet() {
            return PLAIN.equals(mergeKey);
        }

        MergeSchema inside() {
            return record == null ? UNKNOWN : SCHEMAS.get(record);
        }
    }

    private static final class Keys {
        static final Map<String, String> BY_FIELD = load();

        private static Map<String, String> load() {
            try (InputStream table =
                    requireNonNull(MergeSchema.class.getResourceAsStream("merge-keys.txt"), "merge-keys.txt")) {
                var keys = new HashMap<String, String>();
                new String(table.readAllBytes(), StandardCharsets.UTF_8)
                        .lines()
                        .filter(line -> !line.startsWith("#"))
                        .forEach(line -> {
                            int space = line.indexOf(' ');
                            keys.put(line.substring(0, space), line.substring(space + 1));
                        });
                return keys;
            } catch (IOException unreadable) {
                throw new UncheckedIOException(unreadable);
            }
        }
    }

    private final Map<String, Rule> rules;

    private MergeSchema(Map<String, Rule> rules) {
        this.rules = rules;
    }

    static MergeSchema of(Class<? extends Resource> type) {
        return SCHEMAS.get(type);
    }

    Rule rule(String field) {
        return rules.getOrDefault(field, Rule.REPLACE);
    }

    private static Map<String, Rule> rules(Class<?> type) {
        String group = type.getPackageName().substring(type.getPackageName().lastIndexOf('.') + 1);
        var rules = new HashMap<String, Rule>();
        for (RecordComponent component : type.getRecordComponents()) {
            JsonProperty renamed = component.getAccessor().getAnnotation(JsonProperty.class);
            String name = renamed == null ? component.getName() : renamed.value();
            String key = Keys.BY_FIELD.get(group + "." + type.getSimpleName() + "." + name);
            Class<?> record = record(component.getGenericType());
            boolean retains = key != null && key.endsWith("retainKeys");
            String mergeKey = key == null ? null : key.replace(" retainKeys", "");
            boolean isList = component.getType() == List.class;
            rules.put(name, new Rule(record, isList ? mergeKey : null, retains));
        }
        return rules;
    }

    private static @Nullable Class<?> record(Type type) {
        if (type instanceof ParameterizedType generic) {
            Type[] arguments = generic.getActualTypeArguments();
            return record(arguments[arguments.length - 1]);
        }
        return type instanceof Class<?> plain && plain.isRecord() ? plain : null;
    }
}
