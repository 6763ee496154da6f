package dev.orchestrator.memory;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Takes a shell script apart into words and operators, quotes taken away and variables filled in. */
final class ShellWords {

    private static final List<String> OPERATORS =
            List.of("2>&1", "2>>", "2>", "&&", "||", ">>", "1>", ">", "<", "|", ";", "\n");
    private static final Set<String> LIST_OPERATORS = Set.of("&&", "||", ";", "\n");
    private static final Set<String> UNSUPPORTED = Set.of(
            "if", "then", "else", "fi", "for", "while", "until", "do", "done", "case", "esac", "{", "}", "function");

    /** A word, or an operator. */
    record Word(String text, Kind kind) {

        enum Kind {
            TEXT,
            OPERATOR
        }

        boolean isOperator(String operator) {
            return kind == Kind.OPERATOR && text.equals(operator);
        }

        boolean isListOperator() {
            return kind == Kind.OPERATOR && LIST_OPERATORS.contains(text);
        }

        boolean isRedirection() {
            return kind == Kind.OPERATOR && (text.contains(">") || text.equals("<"));
        }
    }

    private final String script;
    private final Map<String, String> env;
    private final List<Word> words = new ArrayList<>();
    private final StringBuilder word = new StringBuilder();
    private boolean inWord;
    private int position;

    private ShellWords(String script, Map<String, String> env) {
        this.script = script;
        this.env = env;
    }

    /**
     * Takes a script apart.
     *
     * @throws IllegalArgumentException if it holds what is not supported
     */
    static List<Word> split(String script, Map<String, String> env) {
        return new ShellWords(script, env).split();
    }

    private List<Word> split() {
        while (position < script.length()) {
            char c = script.charAt(position);
            String operator = operatorHere();
            if (operator != null) {
                endWord();
                words.add(new Word(operator, Word.Kind.OPERATOR));
                position += operator.length();
            } else if (c == ' ' || c == '\t' || c == '\r') {
                endWord();
                position++;
            } else if (c == '#' && !inWord) {
                skipComment();
            } else {
                take(c);
            }
        }
        endWord();
        return words;
    }

    private @org.jspecify.annotations.Nullable String operatorHere() {
        for (String operator : OPERATORS) {
            boolean numbered = Character.isDigit(operator.charAt(0));
            if (script.startsWith(operator, position) && !(numbered && inWord)) {
                return operator;
            }
        }
        return null;
    }

    private void skipComment() {
        while (position < script.length() && script.charAt(position) != '\n') {
            position++;
        }
    }

    private void take(char c) {
        inWord = true;
        switch (c) {
            case '\'' -> takeQuoted();
            case '"' -> takeDoubleQuoted();
            case '$' -> takeVariable();
            case '\\' -> {
                position++;
                takeOne();
            }
            case '`', '(', ')', '&' -> throw new IllegalArgumentException("unexpected \"" + c + "\"");
            default -> takeOne();
        }
    }

    private void takeOne() {
        if (position < script.length()) {
            word.append(script.charAt(position++));
        }
    }

    private void takeQuoted() {
        int end = script.indexOf('\'', position + 1);
        if (end < 0) {
            throw new IllegalArgumentException("unterminated quoted string");
        }
        word.append(script, position + 1, end);
        position = end + 1;
    }

    private void takeDoubleQuoted() {
        position++;
        while (position < script.length() && script.charAt(position) != '"') {
            if (script.charAt(position) == '$') {
                takeVariable();
            } else {
                boolean escaped = script.charAt(position) == '\\'
                        && position + 1 < script.length()
                        && "\"\\$`".indexOf(script.charAt(position + 1)) >= 0;
                position += escaped ? 1 : 0;
                takeOne();
            }
        }
        if (position >= script.length()) {
            throw new IllegalArgumentException("unterminated quoted string");
        }
        position++;
    }

    private void takeVariable() {
        int start = position + 1;
        if (start < script.length() && script.charAt(start) == '(') {
            throw new IllegalArgumentException("unexpected \"(\"");
        }
        boolean braced = start < script.length() && script.charAt(start) == '{';
        int end = braced ? start + 1 : start;
        int nameStart = end;
        while (end < script.length() && (Character.isLetterOrDigit(script.charAt(end)) || script.charAt(end) == '_')) {
            end++;
        }
        if (braced && (end >= script.length() || script.charAt(end) != '}')) {
            throw new IllegalArgumentException("bad substitution");
        }
        if (end == nameStart) {
            word.append('$');
        } else {
            word.append(env.getOrDefault(script.substring(nameStart, end), ""));
        }
        position = braced ? end + 1 : end;
    }

    private void endWord() {
        if (inWord) {
            String text = word.toString();
            boolean first = words.isEmpty() || words.get(words.size() - 1).isListOperator();
            if (first && UNSUPPORTED.contains(text)) {
                throw new IllegalArgumentException("\"" + text + "\" is not supported");
            }
            words.add(new Word(text, Word.Kind.TEXT));
            word.setLength(0);
            inWord = false;
        }
    }
}
