package dev.orchestrator.runtime.codec;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Writes trees as YAML for people, in the style of kubectl: lists not indented, block scalars for texts of several
 * lines, quotes only where a text would be read as something else.
 */
final class YamlWriter {

    private static final String SPECIAL_START = "-?:,[]{}#&*!|>'\"%@` \t=";
    private final StringBuilder out = new StringBuilder();

    private YamlWriter() {}

    /** {@return a tree as YAML, the keys of its maps in order} */
    static String write(Object tree) {
        var writer = new YamlWriter();
        writer.block(JsonText.sorted(tree), 0);
        return writer.out.toString();
    }

    private void block(Object tree, int indent) {
        if (tree instanceof Map<?, ?> map && !map.isEmpty()) {
            map.forEach((key, value) -> {
                indent(indent);
                entry((String) key, value, indent);
            });
        } else if (tree instanceof List<?> list && !list.isEmpty()) {
            for (Object element : list) {
                indent(indent);
                element(element, indent);
            }
        } else {
            indent(indent);
            inline(tree, indent);
        }
    }

    private void entry(String key, Object value, int indent) {
        scalar(key, indent, false);
        out.append(':');
        if (value instanceof Map<?, ?> map && !map.isEmpty()) {
            out.append('\n');
            block(value, indent + 2);
        } else if (value instanceof List<?> list && !list.isEmpty()) {
            out.append('\n');
            block(value, indent);
        } else {
            out.append(' ');
            inline(value, indent + 2);
        }
    }

    private void element(Object element, int indent) {
        out.append("- ");
        if (element instanceof Map<?, ?> map && !map.isEmpty()) {
            boolean first = true;
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                if (!first) {
                    indent(indent + 2);
                }
                first = false;
                entry((String) entry.getKey(), entry.getValue(), indent + 2);
            }
        } else if (element instanceof List<?> list && !list.isEmpty()) {
            boolean first = true;
            for (Object inner : list) {
                if (!first) {
                    indent(indent + 2);
                }
                first = false;
                element(inner, indent + 2);
            }
        } else {
            inline(element, indent + 2);
        }
    }

    private void inline(Object value, int indent) {
        if (value instanceof Map) {
            out.append("{}");
        } else if (value instanceof List) {
            out.append("[]");
        } else if (value instanceof String text) {
            scalar(text, indent, true);
        } else if (value instanceof Number number) {
            out.append(YamlScalars.numberText(number));
        } else {
            out.append(value);
        }
        out.append('\n');
    }

    private void scalar(String text, int indent, boolean mayBeBlock) {
        if (mayBeBlock && text.indexOf('\n') >= 0 && fitsBlock(text)) {
            literal(text, indent);
        } else if (!isPrintable(text) || text.indexOf('\n') >= 0) {
            doubleQuoted(text);
        } else if (YamlScalars.readsAsOtherThanText(text)) {
            out.append('"').append(text).append('"');
        } else if (isPlain(text)) {
            out.append(text);
        } else {
            out.append('\'').append(text.replace("'", "''")).append('\'');
        }
    }

    private static boolean isPlain(String text) {
        char last = text.charAt(text.length() - 1);
        boolean special = SPECIAL_START.indexOf(text.charAt(0)) >= 0 && !startsLikePlainMinus(text);
        return !special
                && !text.contains(": ")
                && !text.contains(" #")
                && last != ' '
                && last != ':'
                && !text.startsWith("---")
                && !text.startsWith("...")
                && !text.equals("<<");
    }

    // "-x", "?x" and ":x" are plain texts, though "- x" is not.
    private static boolean startsLikePlainMinus(String text) {
        return (text.charAt(0) == '-' || text.charAt(0) == '?' || text.charAt(0) == ':')
                && text.length() > 1
                && text.charAt(1) != ' ';
    }

    private static boolean isPrintable(String text) {
        return text.codePoints().allMatch(YamlWriter::isPrintable);
    }

    private static boolean isPrintable(int c) {
        return c == '\n'
                || (c >= ' ' && c < 0x7f)
                || (c >= 0xa0 && c < 0xd800 && c != 0x2028 && c != 0x2029)
                || (c >= 0xe000 && c <= 0xfffd && c != 0xfeff)
                || c >= 0x10000;
    }

    private static boolean fitsBlock(String text) {
        boolean allowed = text.codePoints().allMatch(c -> c == '\t' || isPrintable(c));
        String first = text.lines().findFirst().orElse("");
        return allowed
                && !first.isEmpty()
                && !first.startsWith(" ")
                && !first.startsWith("\t")
                && text.lines().noneMatch(line -> line.endsWith(" ") || line.endsWith("\t"));
    }

    private void literal(String text, int indent) {
        boolean ended = text.endsWith("\n");
        boolean several = text.endsWith("\n\n");
        out.append('|').append(several ? "+" : ended ? "" : "-");
        String[] lines = text.split("\n", -1);
        int count = ended ? lines.length - 1 : lines.length;
        for (int i = 0; i < count; i++) {
            out.append('\n');
            if (!lines[i].isEmpty()) {
                indent(Math.max(indent, 2));
                out.append(lines[i]);
            }
        }
    }

    private void doubleQuoted(String text) {
        out.append('"');
        text.codePoints().forEach(c -> {
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                default -> {
                    if (isPrintable(c)) {
                        out.appendCodePoint(c);
                    } else {
                        out.append(
                                c < 0x100
                                        ? String.format(Locale.ROOT, "\\x%02x", c)
                                        : String.format(Locale.ROOT, "\\u%04x", c));
                    }
                }
            }
        });
        out.append('"');
    }

    private void indent(int indent) {
        out.repeat(' ', indent);
    }
}
