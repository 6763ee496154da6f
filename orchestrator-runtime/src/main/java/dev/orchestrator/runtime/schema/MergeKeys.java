package dev.orchestrator.runtime.schema;

import java.util.Map;

import org.jspecify.annotations.Nullable;

/** How strategic merge patches treat lists and unions. */
public final class MergeKeys {

    private static final String PLAIN = "-";
    private static final String RETAIN_KEYS = " retainKeys";
    private static final Map<String, String> BY_FIELD = FactTable.read(MergeKeys.class, "merge-keys.txt");

    private MergeKeys() {}

    /**
     * How one field is merged.
     *
     * @param key the field that names an element of the list; null for none
     * @param isSet whether it is a list of plain values that is merged as a set
     * @param retainsKeys whether only the fields that are given stay
     */
    public record Rule(@Nullable String key, boolean isSet, boolean retainsKeys) {

        /** Of a field that nothing is said about: lists and plain values are replaced. */
        public static final Rule REPLACE = new Rule(null, false, false);
    }

    /** {@return how a field is merged} */
    public static Rule of(Class<?> owner, String field) {
        String text = BY_FIELD.get(ModelTypes.name(owner) + "." + field);
        if (text == null) {
            return Rule.REPLACE;
        }
        boolean retains = text.endsWith(RETAIN_KEYS);
        String key = text.replace(RETAIN_KEYS, "");
        return new Rule(key.equals(PLAIN) ? null : key, key.equals(PLAIN), retains);
    }
}
