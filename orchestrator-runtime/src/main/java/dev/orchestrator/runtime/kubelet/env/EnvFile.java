package dev.orchestrator.runtime.kubelet.env;

import org.jspecify.annotations.Nullable;

/**
 * The text of a file with variables, of which containers may take some: lines of the form {@code NAME='value'}, where
 * the value may go on over several lines, empty lines and comments.
 */
final class EnvFile {

    /** The text is not of that form. */
    static final class MalformedException extends Exception {

        private static final long serialVersionUID = 1L;

        MalformedException(String message) {
            super(message);
        }
    }

    private final String text;
    private int at;

    private EnvFile(String text) {
        this.text = text;
    }

    /** {@return the value that a variable is given first; null when it is given none} */
    static @Nullable String value(String text, String name) throws MalformedException {
        var file = new EnvFile(text);
        while (file.findsLine()) {
            String found = file.name();
            String value = file.value();
            if (found.equals(name)) {
                return value;
            }
        }
        return null;
    }

    /** Goes on to the next line that says something. */
    private boolean findsLine() {
        while (at < text.length()) {
            if (text.charAt(at) == '#') {
                int end = text.indexOf('\n', at);
                at = end < 0 ? text.length() : end;
            } else if (Character.isWhitespace(text.charAt(at))) {
                at++;
            } else {
                return true;
            }
        }
        return false;
    }

    private String name() throws MalformedException {
        int equals = text.indexOf('=', at);
        String name = equals < 0 ? "" : text.substring(at, equals);
        if (name.isEmpty() || name.chars().anyMatch(Character::isWhitespace)) {
            throw new MalformedException("no variable at character " + at);
        }
        at = equals + 1;
        return name;
    }

    private String value() throws MalformedException {
        int end = at < text.length() && text.charAt(at) == '\'' ? text.indexOf('\'', at + 1) : -1;
        if (end < 0) {
            throw new MalformedException("no value in single quotes at character " + at);
        }
        String value = text.substring(at + 1, end);
        at = end + 1;
        while (at < text.length() && text.charAt(at) != '\n') {
            if (text.charAt(at) == '#') {
                return value;
            }
            if (!Character.isWhitespace(text.charAt(at))) {
                throw new MalformedException("something follows the value at character " + at);
            }
            at++;
        }
        return value;
    }
}
