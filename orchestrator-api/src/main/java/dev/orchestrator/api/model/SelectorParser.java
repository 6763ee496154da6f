package dev.orchestrator.api.model;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import dev.orchestrator.api.model.Selector.Operator;
import dev.orchestrator.api.model.Selector.Requirement;

/** Reads the text form of a selector; grammar and messages are those of {@code k8s.io/apimachinery/pkg/labels}. */
final class SelectorParser {

    private static final String SPECIAL = "=!(),<>";

    private final List<String> tokens;
    private int position;

    SelectorParser(String text) {
        this.tokens = tokenize(text);
    }

    private static List<String> tokenize(String text) {
        var tokens = new ArrayList<String>();
        int i = 0;
        while (i < text.length()) {
            char c = text.charAt(i);
            int start = i;
            if (Character.isWhitespace(c)) {
                i++;
            } else if (SPECIAL.indexOf(c) >= 0) {
                i += text.startsWith("==", i) || text.startsWith("!=", i) ? 2 : 1;
                tokens.add(text.substring(start, i));
            } else {
                while (i < text.length()
                        && !Character.isWhitespace(text.charAt(i))
                        && SPECIAL.indexOf(text.charAt(i)) < 0) {
                    i++;
                }
                tokens.add(text.substring(start, i));
            }
        }
        return tokens;
    }

    Selector parse() {
        var requirements = new ArrayList<Requirement>();
        while (position < tokens.size()) {
            requirements.add(requirement());
            if (position < tokens.size()) {
                expect(",", "',' or 'end of string'");
                if (position == tokens.size()) {
                    throw found("identifier after ','");
                }
            }
        }
        return new Selector(requirements);
    }

    private Requirement requirement() {
        if (peek().equals("!")) {
            position++;
            return new Requirement(identifier(), Operator.DOES_NOT_EXIST, Set.of());
        }
        String key = identifier();
        String operator = peek();
        if (operator.isEmpty() || operator.equals(",")) {
            return new Requirement(key, Operator.EXISTS, Set.of());
        }
        position++;
        return switch (operator) {
            case "=", "==" -> new Requirement(key, Operator.IN, Set.of(value()));
            case "!=" -> new Requirement(key, Operator.NOT_IN, Set.of(value()));
            case "in" -> new Requirement(key, Operator.IN, values());
            case "notin" -> new Requirement(key, Operator.NOT_IN, values());
            case ">" -> new Requirement(key, Operator.GREATER_THAN, Set.of(value()));
            case "<" -> new Requirement(key, Operator.LESS_THAN, Set.of(value()));
            default -> {
                position--;
                throw found("in, notin, =, ==, !=, gt, lt");
            }
        };
    }

    private Set<String> values() {
        expect("(", "'('");
        var values = new LinkedHashSet<String>();
        while (true) {
            values.add(value());
            if (peek().equals(")")) {
                position++;
                return values;
            }
            expect(",", "',', or ')'");
        }
    }

    // A value may be empty: "a=" and "a in (,b)" are valid.
    private String value() {
        String token = peek();
        if (token.isEmpty() || token.equals(",") || token.equals(")")) {
            return "";
        }
        return identifier();
    }

    private String identifier() {
        String token = peek();
        if (token.isEmpty() || SPECIAL.indexOf(token.charAt(0)) >= 0) {
            throw found("identifier");
        }
        position++;
        return token;
    }

    private void expect(String token, String expected) {
        if (!peek().equals(token)) {
            throw found(expected);
        }
        position++;
    }

    private String peek() {
        return position < tokens.size() ? tokens.get(position) : "";
    }

    private IllegalArgumentException found(String expected) {
        return new IllegalArgumentException(
                "unable to parse requirement: found '" + peek() + "', expected: " + expected);
    }
}
