package dev.orchestrator.runtime.ownership;

import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

import dev.orchestrator.runtime.codec.JsonNull;
import org.jspecify.annotations.Nullable;

/** How a value can be taken apart into what different writers may own. */
sealed interface Schema {

    /** A map whose entries are named fields, each with a schema of its own. */
    non-sealed interface Struct extends Schema {

        /** {@return the schema of a field; null when there is none of that name} */
        @Nullable
        Schema field(String name);

        /** {@return whether there is a field of that name} */
        default boolean has(String name) {
            return field(name) != null;
        }

        /** {@return whether only the whole of it can be owned} */
        boolean isAtomic();

        /** {@return what Kubernetes writes of it when nothing in it is set} */
        Map<String, Object> zero();
    }

    /** A map from any names to values of one kind. */
    record MapOf(Schema element, boolean isAtomic) implements Schema {}

    /** What tells the elements of a list from one another. */
    enum Elements {
        /** Nothing: only the whole list can be owned. */
        ATOMIC,
        /** Their values, each of which the list holds once. */
        SET,
        /** Some of their fields. */
        KEYED
    }

    /**
     * A list.
     *
     * @param keys the fields that tell the elements apart
     * @param defaults what such fields are when they are not given
     */
    record ListOf(Schema element, Elements elements, List<String> keys, Map<String, Object> defaults)
            implements Schema {

        /**
         * {@return the step to an element}
         *
         * @throws IllegalArgumentException if the element has nothing that tells it from others
         */
        PathElement stepTo(Object item) {
            if (elements == Elements.SET) {
                if (item instanceof Map || item instanceof List || item == JsonNull.NULL) {
                    String found = item instanceof Map
                            ? "a map type"
                            : item instanceof List ? "a list type" : "an explicit null";
                    throw new IllegalArgumentException("associative list without keys has an element that's " + found);
                }
                return new PathElement.Value(item);
            }
            if (!(item instanceof Map<?, ?> map)) {
                throw new IllegalArgumentException("associative list with keys may not have non-map elements");
            }
            SortedMap<String, Object> fields = new TreeMap<>();
            for (String key : keys) {
                Object value = map.get(key);
                value = value == null ? defaults.get(key) : value;
                if (value == null) {
                    throw new IllegalArgumentException(
                            "associative list with keys has an element that omits key field \"" + key
                                    + "\" (and doesn't have default value)");
                }
                fields.put(key, value);
            }
            return new PathElement.Key(fields);
        }
    }

    /** The kinds of values that have no parts. */
    enum Scalar implements Schema {
        /** A number. */
        NUMERIC,
        /** A text. */
        STRING,
        /** Yes or no. */
        BOOLEAN,
        /** Any of them. */
        ANY
    }

    /** A value of which nothing is known: its maps can be shared by several owners, its lists can not. */
    enum Untyped implements Schema {
        /** The only one. */
        UNTYPED
    }

    /** What values of which nothing is known can be; apart, so that no constant is asked for while it is being made. */
    final class Shapes {

        static final MapOf MAP = new MapOf(Untyped.UNTYPED, false);
        static final ListOf LIST = new ListOf(Untyped.UNTYPED, Elements.ATOMIC, List.of(), Map.of());

        private Shapes() {}
    }

    /** {@return the schema of a certain value: itself, unless nothing is known} */
    default Schema of(@Nullable Object value) {
        if (this != Untyped.UNTYPED) {
            return this;
        }
        return value instanceof Map ? Shapes.MAP : value instanceof List ? Shapes.LIST : Scalar.ANY;
    }

    /** {@return whether a value of this schema has no parts that could have owners of their own} */
    default boolean isLeaf() {
        return switch (this) {
            case Struct struct -> struct.isAtomic();
            case MapOf map -> map.isAtomic();
            case ListOf list -> list.elements() == Elements.ATOMIC;
            case Scalar scalar -> true;
            case Untyped untyped -> false;
        };
    }

    /** {@return the schema of what a step leads to} */
    default Schema inside(PathElement step) {
        return switch (this) {
            case Struct struct when step instanceof PathElement.Field(String name) -> orUntyped(struct.field(name));
            case MapOf map when step instanceof PathElement.Field -> map.element();
            case ListOf list when !(step instanceof PathElement.Field) -> list.element();
            default -> Untyped.UNTYPED;
        };
    }

    private static Schema orUntyped(@Nullable Schema schema) {
        return schema == null ? Untyped.UNTYPED : schema;
    }
}
