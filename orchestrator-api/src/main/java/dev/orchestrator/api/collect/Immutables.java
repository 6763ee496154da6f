package dev.orchestrator.api.collect;

import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/** Turns what a caller hands to a record into what the record keeps: never null, never changing. */
public final class Immutables {

    private Immutables() {}

    /** {@return an immutable list of the same elements, the same instance when it already is one; empty for null} */
    public static <T> List<T> list(@Nullable List<T> elements) {
        return elements == null || elements.isEmpty() ? List.of() : List.copyOf(elements);
    }

    /** {@return an immutable map of the same entries, the same instance when it already is one; empty for null} */
    public static <K, V> Map<K, V> map(@Nullable Map<K, V> entries) {
        return entries == null || entries.isEmpty() ? Map.of() : Map.copyOf(entries);
    }

    /** {@return the text itself; empty for null, as an absent required string reads in Kubernetes} */
    public static String text(@Nullable String text) {
        return text == null ? "" : text;
    }
}
