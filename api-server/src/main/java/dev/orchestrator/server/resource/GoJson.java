package dev.orchestrator.server.resource;

import java.nio.charset.StandardCharsets;

/** What Go's JSON parser says about bytes that are not one JSON value. */
final class GoJson {

    private final String text;
    private int at;

    private GoJson(String text) {
        this.text = text;
    }

    /** {@return the complaint about bytes that some other parser has refused} */
    static String complaint(byte[] bytes) {
        var parser = new GoJson(new String(bytes, StandardCharsets.UTF_8));
        try {
            parser.value("looking for beginning of value");
            parser.space();
            return parser.at < parser.text.length() ? parser.invalid("after top-level value") : "unexpected value";
        } catch (Malformed found) {
            return String.valueOf(found.getMessage());
        }
    }

    /** The first thing that is wrong. */
    private static final class Malformed extends Exception {
        private static final long serialVersionUID = 1L;

        Malformed(String message) {
            super(message);
        }
    }

    private String invalid(String where) {
        int c = text.codePointAt(at);
        String shown = c == '\'' ? "'\\''" : c < ' ' ? escaped(c) : "'" + Character.toString(c) + "'";
        return "invalid character " + shown + " " + where;
    }

    private static String escaped(int c) {
        return switch (c) {
            case '\n' -> "'\\n'";
            case '\r' -> "'\\r'";
            case '\t' -> "'\\t'";
            default -> String.format(java.util.Locale.ROOT, "'\\x%02x'", c);
        };
    }

    private void space() {
        while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
    }

    private char next(String where, String allowed) throws Malformed {
        if (at >= text.length()) {
            throw new Malformed("unexpected end of JSON input");
        }
        char c = text.charAt(at);
        if (!allowed.isEmpty() && allowed.indexOf(c) < 0) {
            throw new Malformed(invalid(where));
        }
        at++;
        return c;
    }

    private void value(String where) throws Malformed {
        space();
        char c = next(where, "{[\"-0123456789tfn");
        switch (c) {
            case '{' -> object();
            case '[' -> array();
            case '"' -> string();
            case 't' -> literal("true");
            case 'f' -> literal("false");
            case 'n' -> literal("null");
            default -> number();
        }
    }

    private void object() throws Malformed {
        space();
        if (next("looking for beginning of object key string", "\"}") == '}') {
            return;
        }
        while (true) {
            string();
            space();
            next("after object key", ":");
            value("looking for beginning of value");
            space();
            if (next("after object key:value pair", ",}") == '}') {
                return;
            }
            space();
            next("looking for beginning of object key string", "\"");
        }
    }

    private void array() throws Malformed {
        space();
        if (at < text.length() && text.charAt(at) == ']') {
            at++;
            return;
        }
        while (true) {
            value("looking for beginning of value");
            space();
            if (next("after array element", ",]") == ']') {
                return;
            }
        }
    }

    private void string() throws Malformed {
        while (true) {
            char c = next("", "");
            if (c == '"') {
                return;
            }
            if (c == '\\') {
                next("in string escape code", "\"\\/bfnrtu");
            } else if (c < ' ') {
                at--;
                throw new Malformed(invalid("in string literal"));
            }
        }
    }

    private void literal(String word) throws Malformed {
        for (int i = 1; i < word.length(); i++) {
            next("in literal " + word + " (expecting '" + word.charAt(i) + "')", word.substring(i, i + 1));
        }
    }

    private void number() {
        while (at < text.length() && "0123456789.eE+-".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
    }
}
