package dev.orchestrator.api.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

import dev.orchestrator.api.model.meta.LabelSelector;
import dev.orchestrator.api.model.meta.LabelSelectorRequirement;
import org.jspecify.annotations.Nullable;

import static java.util.Objects.requireNonNull;

/**
 * A condition on labels: every requirement must hold.
 *
 * @param requirements the requirements; none selects everything
 */
public record Selector(List<Requirement> requirements) {

    private static final Selector EVERYTHING = new Selector(List.of());
    private static final Selector NOTHING = new Selector(List.of(new Requirement("", Operator.IN, Set.of())));

    /** How a requirement compares. */
    public enum Operator {
        /** The label is there and its value is one of the values. */
        IN,
        /** The label is absent or its value is none of the values. */
        NOT_IN,
        /** The label is there. */
        EXISTS,
        /** The label is absent. */
        DOES_NOT_EXIST,
        /** The label is a whole number greater than the value; node selectors only. */
        GREATER_THAN,
        /** The label is a whole number less than the value; node selectors only. */
        LESS_THAN
    }

    /**
     * One condition on one label.
     *
     * @param key the label
     * @param operator how to compare
     * @param values what to compare with
     */
    public record Requirement(String key, Operator operator, Set<String> values) {

        /** Copies the values. */
        public Requirement {
            values = Set.copyOf(values);
        }

        /** {@return whether a set of labels meets this condition} */
        public boolean matches(Map<String, String> labels) {
            String value = labels.get(key);
            return switch (operator) {
                case IN -> value != null && values.contains(value);
                case NOT_IN -> value == null || !values.contains(value);
                case EXISTS -> value != null;
                case DOES_NOT_EXIST -> value == null;
                case GREATER_THAN -> compares(value, 1);
                case LESS_THAN -> compares(value, -1);
            };
        }

        private boolean compares(@Nullable String value, int wanted) {
            if (value == null || values.size() != 1) {
                return false;
            }
            try {
                long bound = Long.parseLong(values.iterator().next());
                return Integer.signum(Long.compare(Long.parseLong(value), bound)) == wanted;
            } catch (NumberFormatException notANumber) {
                return false;
            }
        }

        /** {@return the text form: {@code key=value}, {@code key in (a,b)}, {@code !key} and so on} */
        @Override
        public String toString() {
            String joined = values.stream().sorted().collect(Collectors.joining(","));
            return switch (operator) {
                case IN -> values.size() == 1 ? key + "=" + joined : key + " in (" + joined + ")";
                case NOT_IN -> values.size() == 1 ? key + "!=" + joined : key + " notin (" + joined + ")";
                case EXISTS -> key;
                case DOES_NOT_EXIST -> "!" + key;
                case GREATER_THAN -> key + ">" + joined;
                case LESS_THAN -> key + "<" + joined;
            };
        }
    }

    /** Copies the requirements. */
    public Selector {
        requirements = List.copyOf(requirements);
    }

    /** {@return the selector that selects everything} */
    public static Selector everything() {
        return EVERYTHING;
    }

    /** {@return the selector that selects nothing} */
    public static Selector nothing() {
        return NOTHING;
    }

    /** {@return the selector of objects that carry all these labels} */
    public static Selector ofLabels(Map<String, String> labels) {
        var requirements = new ArrayList<Requirement>(labels.size());
        new TreeMap<>(labels)
                .forEach((key, value) -> requirements.add(new Requirement(key, Operator.IN, Set.of(value))));
        return new Selector(requirements);
    }

    /**
     * {@return the selector a spec field means: everything when it is empty, nothing when it is absent}
     *
     * @throws IllegalArgumentException if an operator is unknown
     */
    public static Selector of(@Nullable LabelSelector selector) {
        if (selector == null) {
            return NOTHING;
        }
        var requirements = new ArrayList<>(ofLabels(selector.matchLabels()).requirements());
        for (LabelSelectorRequirement expression : selector.matchExpressions()) {
            requirements.add(new Requirement(
                    expression.key(), operator(expression.operator()), Set.copyOf(expression.values())));
        }
        return new Selector(requirements);
    }

    private static Operator operator(String name) {
        return switch (name) {
            case "In" -> Operator.IN;
            case "NotIn" -> Operator.NOT_IN;
            case "Exists" -> Operator.EXISTS;
            case "DoesNotExist" -> Operator.DOES_NOT_EXIST;
            case "Gt" -> Operator.GREATER_THAN;
            case "Lt" -> Operator.LESS_THAN;
            default -> throw new IllegalArgumentException("\"" + name + "\" is not a valid label selector operator");
        };
    }

    /**
     * {@return the selector a text such as {@code app=web,tier in (a,b),!old} means}
     *
     * @throws IllegalArgumentException if the text is not a selector; the message is Kubernetes'
     */
    public static Selector parse(String text) {
        requireNonNull(text, "selector is null");
        return new SelectorParser(text).parse();
    }

    /** {@return whether a set of labels meets every requirement} */
    public boolean matches(Map<String, String> labels) {
        for (Requirement requirement : requirements) {
            if (!requirement.matches(labels)) {
                return false;
            }
        }
        return true;
    }

    /** {@return the text form, as {@code kubectl -l} takes it} */
    @Override
    public String toString() {
        return requirements.stream().map(Requirement::toString).collect(Collectors.joining(","));
    }
}
