package dev.orchestrator.runtime.handle;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

import dev.orchestrator.api.model.Selector;
import dev.orchestrator.api.model.meta.LabelSelector;
import org.jspecify.annotations.Nullable;

/** How {@code kubectl describe} words what is not there, moments, yes and no, labels. */
final class Phrases {

    static final String NONE = "<none>";
    static final String UNSET = "<unset>";
    static final String UNKNOWN = "<unknown>";

    // The zone is always UTC: a description must not depend on the machine that prints it.
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss Z", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private static final Instant NEVER = Instant.parse("0001-01-01T00:00:00Z");

    private Phrases() {}

    static String text(@Nullable String text) {
        return text == null ? "" : text;
    }

    static String orNone(@Nullable String text) {
        return text == null || text.isEmpty() ? NONE : text;
    }

    static Object orUnset(@Nullable Object value) {
        return value == null || value.toString().isEmpty() ? UNSET : value;
    }

    static String joined(Collection<String> values) {
        return String.join(", ", values);
    }

    static String yesOrNo(@Nullable Boolean value) {
        return value == null ? UNSET : value ? "True" : "False";
    }

    /** {@return such as {@code Sat, 21 Nov 2026 12:00:00 +0000}; what Go makes of no moment at all} */
    static String date(@Nullable Instant moment) {
        return DATE.format(moment == null ? NEVER : moment);
    }

    /** {@return such as {@code a=b,c=d}} */
    static String labels(Map<String, ?> labels) {
        return orNone(new TreeMap<String, Object>(labels)
                .entrySet().stream()
                        .map(entry -> entry.getKey() + "=" + entry.getValue())
                        .collect(Collectors.joining(",")));
    }

    /** {@return such as {@code a=b,c in (d,e)}} */
    static String selector(@Nullable LabelSelector selector) {
        return selector == null ? NONE : orNone(Selector.of(selector).toString());
    }
}
