package dev.orchestrator.runtime.handle;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;

/** Text in columns: names, values and tables, as {@code kubectl describe} lays them out. */
final class Sheet {

    private static final int GAP = 2;
    private static final int LONGEST_ANNOTATION = 140;
    private static final String LAST_APPLIED = "kubectl.kubernetes.io/last-applied-configuration";

    private final StringBuilder text = new StringBuilder();
    private int level;

    /** Adds a name and a value, which may be empty. */
    Sheet field(String name, @Nullable Object value) {
        return row(name + ":", Objects.toString(value, ""));
    }

    /** Adds a name and a value, left out when there is none. */
    Sheet optional(String name, @Nullable Object value) {
        return value == null || value.toString().isEmpty() ? this : field(name, value);
    }

    /** Adds a name and values, one below the other. */
    Sheet list(String name, List<String> values) {
        if (values.isEmpty()) {
            return field(name, Phrases.NONE);
        }
        field(name, values.getFirst());
        values.subList(1, values.size()).forEach(value -> row("", value));
        return this;
    }

    /** Adds a name and a map, one line for each entry. */
    Sheet map(String name, Map<String, ?> map) {
        return list(
                name,
                new TreeMap<String, Object>(map)
                        .entrySet().stream()
                                .map(entry -> entry.getKey() + "=" + entry.getValue())
                                .toList());
    }

    /** Adds a name and annotations; a long one has lines of its own. */
    Sheet annotations(String name, Map<String, String> annotations) {
        var lines = new ArrayList<String>();
        new TreeMap<>(annotations).forEach((key, value) -> {
            String shown = value.endsWith("\n") ? value.substring(0, value.length() - 1) : value;
            if (key.equals(LAST_APPLIED)) {
                return;
            }
            if (key.length() + shown.length() + 2 > LONGEST_ANNOTATION || shown.contains("\n")) {
                lines.add(key + ":");
                Arrays.stream(shown.split("\n", -1)).forEach(line -> lines.add("  " + shortened(line)));
            } else {
                lines.add(key + ": " + shown);
            }
        });
        return list(name, lines);
    }

    private static String shortened(String line) {
        int most = LONGEST_ANNOTATION - 2;
        return line.length() > most ? line.substring(0, most) + "..." : line;
    }

    /** Adds a heading whose lines follow, indented. */
    Sheet section(String name, Runnable content) {
        return line(name + ":").indented(content);
    }

    /** Adds lines that are indented. */
    Sheet indented(Runnable content) {
        level++;
        content.run();
        level--;
        return this;
    }

    /** Adds the head of a table, underlined as long as each title unless a title says otherwise. */
    Sheet titles(String... titles) {
        row((Object[]) titles);
        return row(
                Arrays.stream(titles).map(title -> "-".repeat(title.length())).toArray());
    }

    /** Adds a line of a table. */
    Sheet row(@Nullable Object... cells) {
        text.repeat("  ", level);
        for (int i = 0; i < cells.length; i++) {
            text.append(i == 0 ? "" : "\t").append(Objects.toString(cells[i], ""));
        }
        text.append('\n');
        return this;
    }

    /** Adds a line that is no part of a table. */
    Sheet line(String line) {
        return row(line);
    }

    /** Adds an empty line. */
    Sheet blank() {
        text.append('\n');
        return this;
    }

    /** {@return the text: cells line up with those of the lines above and below that have as many} */
    @Override
    public String toString() {
        if (text.isEmpty()) {
            return "";
        }
        // What an object says must not reach a terminal as a command to it.
        String safe = text.toString().replace("\u001b", "^[").replace("\r", "\\r");
        List<String[]> lines = new ArrayList<>();
        for (String line : safe.substring(0, safe.length() - 1).split("\n", -1)) {
            lines.add(line.split("\t", -1));
        }
        int columns = lines.stream().mapToInt(line -> line.length).max().orElse(1) - 1;
        for (int column = 0; column < columns; column++) {
            align(lines, column);
        }
        var out = new StringBuilder();
        lines.forEach(line -> out.append(String.join("", line)).append('\n'));
        return out.toString();
    }

    // A column is as wide as its widest cell among neighbouring lines that have it. The last cell of a line is in none.
    private static void align(List<String[]> lines, int column) {
        int from = 0;
        while (from < lines.size()) {
            int to = from;
            int width = 0;
            while (to < lines.size() && lines.get(to).length > column + 1) {
                width = Math.max(width, length(lines.get(to)[column]));
                to++;
            }
            for (String[] line : lines.subList(from, to)) {
                line[column] += " ".repeat(width + GAP - length(line[column]));
            }
            from = to + 1;
        }
    }

    private static int length(String cell) {
        return cell.codePointCount(0, cell.length());
    }
}
