package dev.orchestrator.runtime.admission.config;

import java.util.TreeSet;

import dev.orchestrator.runtime.admission.field.FieldErrors;
import dev.orchestrator.runtime.admission.field.FieldPath;
import dev.orchestrator.runtime.admission.field.Names;

/** What config maps and secrets have in common: named entries of limited size. */
final class Entries {

    static final FieldPath DATA = FieldPath.of("data");
    static final int MAX_BYTES = 1024 * 1024;
    static final String IMMUTABLE_WHEN_SET = "field is immutable when `immutable` is set";

    private Entries() {}

    /** Checks the names of entries, in the order of the alphabet. */
    static void keys(Iterable<String> keys, FieldPath path, FieldErrors errors) {
        var sorted = new TreeSet<String>();
        keys.forEach(sorted::add);
        for (String key : sorted) {
            errors.invalid(path.key(key), key, Names.configMapKey(key));
        }
    }
}
