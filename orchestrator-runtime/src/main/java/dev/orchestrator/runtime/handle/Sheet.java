package dev.orchestrator.runtime.handle;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Text in columns: names, values and tables, as {@code kubectl describe} lays them out. */
final class Sheet {

    private record Row(int level, List<String> cells) {}

    private final List<Row> rows = new ArrayList<>();
    private int level;

    /** Adds a name and a value, left out when the value is empty. */
    Sheet field(String name, Object value) {
        if (!value.toString().isEmpty()) {
            rows.add(new Row(level, List.of(name + ":", value.toString())));
        }
        return this;
    }

    /** Adds a name and a map, one line for each entry. */
    Sheet map(String name, Map<String, ?> map) {
        if (map.isEmpty()) {
            return field(name, "<none>");
        }
        String label = name + ":";
        for (Map.Entry<String, ?> entry : new TreeMap<String, Object>(map).entrySet()) {
            rows.add(new Row(level, List.of(label, entry.getKey() + "=" + firstLine(entry.getValue()))));
            label = "";
        }
        return this;
    }

    private static String firstLine(Object value) {
        return value.toString().strip().lines().findFirst().orElse("");
    }

    /** Adds a heading whose lines follow, indented. */
    Sheet section(String name, Runnable content) {
        rows.add(new Row(level, List.of(name + ":")));
        level++;
        content.run();
        level--;
        return this;
    }

    /** Adds a line of a table. */
    Sheet row(String... cells) {
        rows.add(new Row(level, List.of(cells)));
        return this;
    }

    /** {@return the text: neighbouring lines of one level and as many cells share their columns} */
    @Override
    public String toString() {
        var out = new StringBuilder();
        int from = 0;
        while (from < rows.size()) {
            int to = from + 1;
            while (to < rows.size() && sameTable(rows.get(from), rows.get(to))) {
                to++;
            }
            write(rows.subList(from, to), out);
            from = to;
        }
        return out.toString();
    }

    private static boolean sameTable(Row one, Row other) {
        return one.level() == other.level()
                && one.cells().size() == other.cells().size();
    }

    private static void write(List<Row> table, StringBuilder out) {
        int columns = table.getFirst().cells().size();
        int[] widths = new int[columns];
        for (Row row : table) {
            for (int i = 0; i < columns - 1; i++) {
                widths[i] = Math.max(widths[i], row.cells().get(i).length() + 2);
            }
        }
        for (Row row : table) {
            out.repeat("  ", row.level());
            for (int i = 0; i < columns; i++) {
                String cell = row.cells().get(i);
                out.append(cell);
                if (i < columns - 1) {
                    out.repeat(' ', widths[i] - cell.length());
                }
            }
            out.append('\n');
        }
    }
}
