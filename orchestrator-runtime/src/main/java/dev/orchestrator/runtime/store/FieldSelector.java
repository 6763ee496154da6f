package dev.orchestrator.runtime.store;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import dev.orchestrator.api.ApiException;
import dev.orchestrator.api.model.Resource;
import dev.orchestrator.api.model.ResourceType;

/**
 * A condition on a few fields of an object, such as {@code status.phase=Running,spec.nodeName!=n1}; which fields a kind
 * supports is fixed.
 *
 * @param terms the conditions, all of which must hold; none selects everything
 */
public record FieldSelector(List<Term> terms) {

    private static final FieldSelector EVERYTHING = new FieldSelector(List.of());

    /**
     * One condition.
     *
     * @param field the path of the field
     * @param equal whether the field must have the value, or must not
     * @param value the value to compare with
     */
    public record Term(String field, boolean equal, String value) {

        @Override
        public String toString() {
            return field + (equal ? "=" : "!=") + value;
        }
    }

    /** Copies the terms. */
    public FieldSelector {
        terms = List.copyOf(terms);
    }

    /** {@return the selector that selects everything} */
    public static FieldSelector everything() {
        return EVERYTHING;
    }

    /** {@return the selector of the objects whose field has this value} */
    public static FieldSelector is(String field, String value) {
        return new FieldSelector(List.of(new Term(field, true, value)));
    }

    /**
     * {@return the selector a text means}
     *
     * @throws ApiException if the text is not a selector; the message is Kubernetes'
     */
    public static FieldSelector parse(String text) {
        var terms = new ArrayList<Term>();
        for (String part : split(text)) {
            if (!part.isEmpty()) {
                terms.add(term(text, part));
            }
        }
        return terms.isEmpty() ? EVERYTHING : new FieldSelector(terms);
    }

    private static Term term(String selector, String part) {
        for (int i = 0; i < part.length(); i++) {
            String rest = part.substring(i);
            boolean unequal = rest.startsWith("!=");
            if (unequal || rest.startsWith("=")) {
                int length = unequal || rest.startsWith("==") ? 2 : 1;
                return new Term(part.substring(0, i), !unequal, unescaped(selector, rest.substring(length)));
            }
        }
        throw ApiException.of(
                ApiException.Reason.BAD_REQUEST,
                "invalid selector: '" + selector + "'; can't understand '" + part + "'");
    }

    // A comma ends a term unless a backslash stands before it.
    private static List<String> split(String text) {
        var parts = new ArrayList<String>();
        int start = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\') {
                i++;
            } else if (c == ',') {
                parts.add(text.substring(start, i));
                start = i + 1;
            }
        }
        parts.add(text.substring(start));
        return parts;
    }

    private static String unescaped(String selector, String value) {
        var plain = new StringBuilder(value.length());
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '\\') {
                i++;
                if (i == value.length() || "\\,=".indexOf(value.charAt(i)) < 0) {
                    throw ApiException.of(
                            ApiException.Reason.BAD_REQUEST,
                            "invalid field selector: invalid escape sequence in '" + selector + "'");
                }
                plain.append(value.charAt(i));
            } else if (c == ',' || c == '=') {
                throw ApiException.of(
                        ApiException.Reason.BAD_REQUEST, "invalid field selector: unescaped character in value: " + c);
            } else {
                plain.append(c);
            }
        }
        return plain.toString();
    }

    boolean isEverything() {
        return terms.isEmpty();
    }

    /** {@return the one name that objects can have, if there is one} */
    public Optional<String> name() {
        return required(Fields.NAME);
    }

    /** {@return the value that a field must have, if there is one} */
    Optional<String> required(String field) {
        for (Term term : terms) {
            if (term.equal && term.field.equals(field)) {
                return Optional.of(term.value);
            }
        }
        return Optional.empty();
    }

    /** Refuses fields that the kind does not support. */
    void check(ResourceType<?> type) {
        for (Term term : terms) {
            Fields.check(type, term.field);
        }
    }

    /** {@return whether an object meets every condition} */
    public boolean matches(Resource object) {
        for (Term term : terms) {
            if (Fields.value(object, term.field).equals(term.value) != term.equal) {
                return false;
            }
        }
        return true;
    }

    /** {@return the text form} */
    @Override
    public String toString() {
        return String.join(",", terms.stream().map(Term::toString).toList());
    }
}
