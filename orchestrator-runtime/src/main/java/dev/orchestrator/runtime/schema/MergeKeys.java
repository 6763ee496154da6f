package dev.orchestrator.runtime.schema;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import static java.util.Objects.requireNonNull;

/** How strategic merge patches treat lists and unions. */
public final class MergeKeys {

    private static final String PLAIN = "-";
    private static final String RETAIN_KEYS = " retainKeys";
    private static final Map<String, String> BY_FIELD = load();

    private MergeKeys() {}

    /**
     * How one field is merged.
     *
     * @param key the field that names an element of the list; null for none
     * @param isSet whether it is a list of plain values that is merged as a set
     * @param retainsKeys whether only the fields that are given stay
     */
    public record Rule(@Nullable String key, boolean isSet, boolean retainsKeys) {
        static final Rule REPLACE = new Rule(null, false, false);
    }

    /** {@return how a field is merged} */
    public static Rule of(Class<?> owner, String field) {
        String text = BY_FIELD.get(Descriptions.group(owner) + "." + owner.getSimpleName() + "." + field);
        if (text == null) {
            return Rule.REPLACE;
        }
        boolean retains = text.endsWith(RETAIN_KEYS);
        String key = text.replace(RETAIN_KEYS, "");
        return new Rule(key.equals(PLAIN) ? null : key, key.equals(PLAIN), retains);
    }

    private static Map<String, String> load() {
        try (InputStream table =
                requireNonNull(MergeKeys.class.getResourceAsStream("merge-keys.txt"), "merge-keys.txt")) {
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
