package dev.orchestrator.runtime.codec;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * A path to fields of a tree, in the part of kubectl's JSONPath that names fields: members, elements by number, slices
 * of all elements, and elements chosen by a member of theirs.
 */
public final class JsonPath {

    /** One step from values to values inside them. */
    private sealed interface Step {

        void follow(Object value, List<Object> found);
    }

    private record Member(String name) implements Step {
        @Override
        public void follow(Object value, List<Object> found) {
            add(value instanceof Map<?, ?> map ? map.get(name) : null, found);
        }
    }

    private record Element(int index) implements Step {
        @Override
        public void follow(Object value, List<Object> found) {
            if (value instanceof List<?> list) {
                int at = index < 0 ? list.size() + index : index;
                add(at >= 0 && at < list.size() ? list.get(at) : null, found);
            }
        }
    }

    private record All() implements Step {
        @Override
        public void follow(Object value, List<Object> found) {
            if (value instanceof List<?> list) {
                list.forEach(each -> add(each, found));
            } else if (value instanceof Map<?, ?> map) {
                map.values().forEach(each -> add(each, found));
            }
        }
    }

    private record Where(JsonPath member, boolean equal, String text) implements Step {
        @Override
        public void follow(Object value, List<Object> found) {
            if (value instanceof List<?> list) {
                for (Object each : list) {
                    boolean matches = each != null
                            && member.read(each).stream()
                                    .anyMatch(it -> it.toString().equals(text));
                    if (matches == equal) {
                        add(each, found);
                    }
                }
            }
        }
    }

    private static void add(@Nullable Object value, List<Object> found) {
        if (value != null) {
            found.add(value);
        }
    }

    private final String text;
    private final List<Step> steps;

    private JsonPath(String text, List<Step> steps) {
        this.text = text;
        this.steps = List.copyOf(steps);
    }

    /**
     * {@return the path that a text means, with or without braces around it}
     *
     * @throws IllegalArgumentException if the text is no path
     */
    public static JsonPath parse(String text) {
        String path = text.strip();
        if (path.startsWith("{") && path.endsWith("}")) {
            path = path.substring(1, path.length() - 1).strip();
        }
        if (path.startsWith("$") || path.startsWith("@")) {
            path = path.substring(1);
        }
        return new JsonPath(text, new Parser(text, path).steps());
    }

    /** {@return the values that the path names in a tree, in order} */
    public List<Object> read(Object tree) {
        List<Object> values = List.of(tree);
        for (Step step : steps) {
            var next = new ArrayList<Object>();
            values.forEach(value -> step.follow(value, next));
            values = next;
        }
        return List.copyOf(values);
    }

    @Override
    public String toString() {
        return text;
    }

    private static final class Parser {

        private final String whole;
        private final String path;
        private int at;

        Parser(String whole, String path) {
            this.whole = whole;
            this.path = path;
        }

        List<Step> steps() {
            var steps = new ArrayList<Step>();
            while (at < path.length()) {
                if (path.charAt(at) == '[') {
                    steps.add(brackets());
                } else {
                    if (path.charAt(at) == '.') {
                        at++;
                    } else if (at > 0) {
                        throw malformed("a dot or a bracket is missing at \"" + path.substring(at) + "\"");
                    }
                    member(steps);
                }
            }
            return steps;
        }

        private void member(List<Step> steps) {
            var name = new StringBuilder();
            while (at < path.length() && path.charAt(at) != '.' && path.charAt(at) != '[') {
                boolean escaped = path.charAt(at) == '\\' && at + 1 < path.length();
                name.append(path.charAt(escaped ? at + 1 : at));
                at += escaped ? 2 : 1;
            }
            if (name.toString().equals("*")) {
                steps.add(new All());
            } else if (!name.isEmpty()) {
                steps.add(new Member(name.toString()));
            } else if (at < path.length() && path.charAt(at) == '.') {
                throw malformed("a name is missing after a dot");
            }
        }

        private Step brackets() {
            int end = closing();
            String inside = path.substring(at + 1, end).strip();
            at = end + 1;
            if (inside.equals("*")) {
                return new All();
            }
            if (inside.startsWith("?(") && inside.endsWith(")")) {
                return where(inside.substring(2, inside.length() - 1));
            }
            if (isQuoted(inside)) {
                return new Member(inside.substring(1, inside.length() - 1));
            }
            if (!inside.matches("-?[0-9]{1,9}")) {
                throw malformed("\"[" + inside + "]\" is neither an element, [*], a quoted name nor a filter");
            }
            return new Element(Integer.parseInt(inside));
        }

        private int closing() {
            char quote = 0;
            for (int i = at + 1; i < path.length(); i++) {
                char c = path.charAt(i);
                if (quote != 0) {
                    quote = c == quote ? 0 : quote;
                } else if (c == '\'' || c == '"') {
                    quote = c;
                } else if (c == ']') {
                    return i;
                }
            }
            throw malformed("a bracket is not closed");
        }

        private Step where(String filter) {
            boolean equal = filter.contains("==");
            String[] sides = filter.split(equal ? "==" : "!=", 2);
            if (sides.length != 2 || !sides[0].strip().startsWith("@")) {
                throw malformed("a filter is such as [?(@.type==\"Ready\")], not [?(" + filter + ")]");
            }
            String value = sides[1].strip();
            return new Where(
                    parse(sides[0].strip()), equal, isQuoted(value) ? value.substring(1, value.length() - 1) : value);
        }

        private static boolean isQuoted(String text) {
            return text.length() > 1
                    && (text.charAt(0) == '\'' || text.charAt(0) == '"')
                    && text.charAt(0) == text.charAt(text.length() - 1);
        }

        private IllegalArgumentException malformed(String why) {
            return new IllegalArgumentException("path \"" + whole + "\": " + why);
        }
    }
}
