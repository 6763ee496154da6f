package dev.orchestrator.server.table;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.orchestrator.api.model.Resource;
import dev.orchestrator.api.model.ResourceType;
import dev.orchestrator.api.model.core.Pod;
import dev.orchestrator.runtime.codec.Codec;
import dev.orchestrator.runtime.codec.JsonText;
import dev.orchestrator.runtime.ownership.ManagedFields;

import static java.util.Objects.requireNonNull;

/** The objects of one kind as a table, with the columns that Kubernetes gives them. */
public final class Tables {

    private static final Pattern COLUMN =
            Pattern.compile("(?<name>[^:{]+?)(?<wide>\\(wide\\))?(:(?<type>\\w+))?(\\{(?<format>\\w+)\\})?");
    private static final Object NULL = JsonText.parse("null").getFirst().root();
    private static final String OTHERS = "Name{name} | Created At:date";

    private static final class Columns {
        static final Map<String, String> BY_RESOURCE = load();

        private static Map<String, String> load() {
            try (InputStream in = requireNonNull(Tables.class.getResourceAsStream("columns.txt"), "columns.txt")) {
                var columns = new HashMap<String, String>();
                new String(in.readAllBytes(), StandardCharsets.UTF_8)
                        .lines()
                        .filter(line -> !line.startsWith("#"))
                        .map(line -> line.split("\t", -1))
                        .forEach(parts -> columns.put(parts[0] + "/" + parts[1], parts[2]));
                return columns;
            } catch (IOException unreadable) {
                throw new UncheckedIOException(unreadable);
            }
        }
    }

    private static final Map<ResourceType<?>, Tables> TABLES = new ConcurrentHashMap<>();

    private final List<Object> columns;

    private Tables(List<Object> columns) {
        this.columns = List.copyOf(columns);
    }

    /** {@return the tables of a kind} */
    public static Tables of(ResourceType<?> type) {
        if (type.isCustom()) {
            // Not kept: their columns change with their definitions.
            return new Tables(CustomColumns.of(type).described());
        }
        return TABLES.computeIfAbsent(
                type,
                missing -> new Tables(
                        columns(Columns.BY_RESOURCE.getOrDefault(type.apiVersion() + "/" + type.plural(), OTHERS))));
    }

    private static List<Object> columns(String line) {
        var columns = new ArrayList<Object>();
        for (String part : line.split(" \\| ", -1)) {
            Matcher column = COLUMN.matcher(part);
            if (!column.matches()) {
                throw new IllegalStateException("columns.txt: a column is malformed: " + part);
            }
            String type = column.group("type");
            String format = column.group("format");
            var tree = new LinkedHashMap<String, Object>();
            tree.put("name", column.group("name"));
            tree.put("type", type == null ? "string" : type);
            tree.put("format", format == null ? "" : format);
            tree.put("description", "");
            tree.put("priority", column.group("wide") == null ? 0L : 1L);
            columns.add(tree);
        }
        return columns;
    }

    /** {@return how many columns there are} */
    int width() {
        return columns.size();
    }

    /**
     * Puts columns and rows into a table.
     *
     * @param table the tree of the table
     * @param withColumns whether the columns are described, as in the first table of a watch
     */
    public void fill(
            Map<String, Object> table,
            List<? extends Resource> objects,
            Instant now,
            Included included,
            boolean withColumns) {
        table.put("columnDefinitions", withColumns ? columns : NULL);
        var rows = new ArrayList<Object>(objects.size());
        for (Resource object : objects) {
            rows.add(row(object, now, included));
        }
        table.put("rows", rows);
    }

    private static Map<String, Object> row(Resource object, Instant now, Included included) {
        var row = new LinkedHashMap<String, Object>();
        row.put("cells", Rows.cells(object, now));
        if (object instanceof Pod pod && pod.isFinished()) {
            row.put("conditions", List.of(completed(String.valueOf(pod.status().phase()))));
        }
        switch (included) {
            case NONE -> {}
            case OBJECT -> row.put("object", Codec.toTree(ManagedFields.shown(object)));
            case METADATA -> {
                var partial = new LinkedHashMap<String, Object>();
                partial.put("kind", "PartialObjectMetadata");
                partial.put("apiVersion", "meta.k8s.io/v1");
                partial.put("metadata", Codec.toTree(ManagedFields.shown(object).metadata()));
                row.put("object", partial);
            }
        }
        return row;
    }

    private static Map<String, Object> completed(String phase) {
        var condition = new LinkedHashMap<String, Object>();
        condition.put("type", "Completed");
        condition.put("status", "True");
        condition.put("reason", phase);
        condition.put("message", phase.equals("Failed") ? "The pod failed." : "The pod has completed successfully.");
        return condition;
    }
}
