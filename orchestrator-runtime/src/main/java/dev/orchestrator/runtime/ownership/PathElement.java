package dev.orchestrator.runtime.ownership;

import java.util.Iterator;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

import dev.orchestrator.runtime.codec.JsonText;

/** One step from a value into a part of it, in the notation of {@code FieldsV1} and of conflicts. */
sealed interface PathElement extends Comparable<PathElement> {

    /** A field of a struct, or an entry of a map. */
    record Field(String name) implements PathElement {

        @Override
        public String encoded() {
            return "f:" + name;
        }

        @Override
        public String toString() {
            return "." + name;
        }
    }

    /** An element of a list whose elements have keys. */
    record Key(SortedMap<String, Object> fields) implements PathElement {

        @Override
        public String encoded() {
            return "k:" + JsonText.write(fields);
        }

        @Override
        public String toString() {
            return fields.entrySet().stream()
                    .map(each -> each.getKey() + "=" + JsonText.write(each.getValue()))
                    .collect(Collectors.joining(",", "[", "]"));
        }
    }

    /** An element of a list that is a set. */
    record Value(Object value) implements PathElement {

        @Override
        public String encoded() {
            return "v:" + JsonText.write(value);
        }

        @Override
        public String toString() {
            return "[=" + JsonText.write(value) + "]";
        }
    }

    /** An element of a list that nothing else tells from the others. */
    record Index(long number) implements PathElement {

        @Override
        public String encoded() {
            return "i:" + number;
        }

        @Override
        public String toString() {
            return "[" + number + "]";
        }
    }

    /** {@return this step as a key of {@code FieldsV1}} */
    String encoded();

    /**
     * {@return the step that a key of {@code FieldsV1} stands for}
     *
     * @throws IllegalArgumentException if it stands for none
     */
    static PathElement decode(String encoded) {
        if (encoded.length() < 2 || encoded.charAt(1) != ':') {
            throw new IllegalArgumentException("missing colon in path element: " + encoded);
        }
        String rest = encoded.substring(2);
        return switch (encoded.charAt(0)) {
            case 'f' -> new Field(rest);
            case 'v' -> new Value(json(rest));
            case 'k' -> key(json(rest));
            case 'i' -> new Index(Long.parseLong(rest));
            default -> throw new IllegalArgumentException("unknown path element type: " + encoded);
        };
    }

    private static Object json(String text) {
        var documents = JsonText.parse(text);
        if (documents.size() != 1) {
            throw new IllegalArgumentException("not one value: " + text);
        }
        return documents.getFirst().root();
    }

    private static Key key(Object tree) {
        if (!(tree instanceof Map<?, ?> map)) {
            throw new IllegalArgumentException("not the keys of an element: " + tree);
        }
        var fields = new TreeMap<String, Object>();
        map.forEach((name, value) -> fields.put((String) name, value));
        return new Key(fields);
    }

    @Override
    default int compareTo(PathElement other) {
        return switch (this) {
            case Field(String name) when other instanceof Field(String second) -> name.compareTo(second);
            case Key(SortedMap<String, Object> fields)
            when other instanceof Key(SortedMap<String, Object> others) -> compare(fields, others);
            case Value(Object value) when other instanceof Value(Object second) -> compare(value, second);
            case Index(long number) when other instanceof Index(long second) -> Long.compare(number, second);
            default -> Integer.compare(rank(this), rank(other));
        };
    }

    private static int rank(PathElement element) {
        return switch (element) {
            case Field field -> 0;
            case Key key -> 1;
            case Value value -> 2;
            case Index index -> 3;
        };
    }

    private static int compare(SortedMap<String, Object> fields, SortedMap<String, Object> others) {
        Iterator<Map.Entry<String, Object>> left = fields.entrySet().iterator();
        Iterator<Map.Entry<String, Object>> right = others.entrySet().iterator();
        while (left.hasNext() && right.hasNext()) {
            Map.Entry<String, Object> one = left.next();
            Map.Entry<String, Object> two = right.next();
            int order = one.getKey().compareTo(two.getKey());
            order = order != 0 ? order : compare(one.getValue(), two.getValue());
            if (order != 0) {
                return order;
            }
        }
        return Boolean.compare(left.hasNext(), right.hasNext());
    }

    private static int compare(Object value, Object other) {
        if (value instanceof Long one && other instanceof Long two) {
            return one.compareTo(two);
        }
        if (value instanceof Number one && other instanceof Number two) {
            return Double.compare(one.doubleValue(), two.doubleValue());
        }
        if (value instanceof String one && other instanceof String two) {
            return one.compareTo(two);
        }
        int order = Integer.compare(rank(value), rank(other));
        return order != 0 ? order : JsonText.write(value).compareTo(JsonText.write(other));
    }

    private static int rank(Object value) {
        return value instanceof Number ? 0 : value instanceof String ? 1 : 2;
    }
}
