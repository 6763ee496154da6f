package dev.orchestrator.runtime.codec;

import java.util.HashMap;
import java.util.Map;

import dev.orchestrator.api.model.Resource;
import dev.orchestrator.runtime.schema.MergeKeys;
import dev.orchestrator.runtime.schema.ModelField;
import org.jspecify.annotations.Nullable;

/** How the fields of one record are merged: which lists hold named elements, and which maps are replaced as a whole. */
final class MergeSchema {

    /** What nothing is known about: maps are merged, lists replaced. */
    static final MergeSchema UNKNOWN = new MergeSchema(Map.of());

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
     * @param isMerged whether it is a list of named elements, or a set, and not replaced
     * @param keys what is known of it
     */
    record Rule(@Nullable Class<?> record, boolean isMerged, MergeKeys.Rule keys) {

        static final Rule REPLACE = new Rule(null, false, MergeKeys.Rule.REPLACE);

        /** {@return the field that names an element; null for a set and for what is replaced} */
        @Nullable
        String mergeKey() {
            return keys.key();
        }

        boolean isSet() {
            return keys.isSet();
        }

        boolean retainsKeys() {
            return keys.retainsKeys();
        }

        MergeSchema inside() {
            return record == null ? UNKNOWN : SCHEMAS.get(record);
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
        var rules = new HashMap<String, Rule>();
        for (ModelField field : ModelField.of(type)) {
            MergeKeys.Rule keys = MergeKeys.of(type, field.name());
            boolean isMerged = field.isList() && (keys.isSet() || keys.key() != null);
            rules.put(field.name(), new Rule(field.record(), isMerged, keys));
        }
        return rules;
    }
}
