package dev.orchestrator.server.table;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.orchestrator.api.model.CustomObject;
import dev.orchestrator.api.model.ResourceType;
import dev.orchestrator.api.model.apiextensions.CustomResourceColumnDefinition;
import dev.orchestrator.api.model.apiextensions.CustomResourceColumnDefinitionBuilder;
import dev.orchestrator.runtime.codec.Codec;
import dev.orchestrator.runtime.codec.JsonPath;
import dev.orchestrator.runtime.codec.JsonText;
import org.jspecify.annotations.Nullable;

/** The columns that a custom kind is shown with: its name, and those of its definition or else its age. */
final class CustomColumns {

    private static final Object NULL = JsonText.parse("null").getFirst().root();
    private static final List<CustomResourceColumnDefinition> AGE =
            List.of(CustomResourceColumnDefinitionBuilder.builder()
                    .name("Age")
                    .type("date")
                    .description("When the object was created.")
                    .jsonPath(".metadata.creationTimestamp")
                    .build());

    private final List<CustomResourceColumnDefinition> columns;

    private CustomColumns(List<CustomResourceColumnDefinition> columns) {
        this.columns = columns;
    }

    static CustomColumns of(ResourceType<?> type) {
        List<CustomResourceColumnDefinition> defined = type.definition() == null
                ? List.of()
                : type.definition()
                        .version(type.version())
                        .map(version -> version.additionalPrinterColumns())
                        .orElse(List.of());
        return new CustomColumns(defined.isEmpty() ? AGE : defined);
    }

    /** {@return the columns as a table describes them} */
    List<Object> described() {
        var described = new ArrayList<Object>();
        described.add(column("Name", "string", "name", "The name of the object.", 0));
        for (CustomResourceColumnDefinition column : columns) {
            String description = column.description() == null
                    ? "Custom resource definition column (in JSONPath format): " + column.jsonPath()
                    : column.description();
            String format = column.format() == null ? "" : column.format();
            described.add(column(column.name(), column.type(), format, description, column.priority()));
        }
        return described;
    }

    private static Map<String, Object> column(
            String name, String type, String format, String description, long priority) {
        var tree = new LinkedHashMap<String, Object>();
        tree.put("name", name);
        tree.put("type", type);
        tree.put("format", format);
        tree.put("description", description);
        tree.put("priority", priority);
        return tree;
    }

    List<Object> cells(CustomObject object, Instant now) {
        var cells = new ArrayList<Object>(columns.size() + 1);
        cells.add(Cells.name(object));
        Map<String, Object> tree = Codec.toTree(object);
        for (CustomResourceColumnDefinition column : columns) {
            Object value = value(tree, column.jsonPath());
            Object cell = value == null ? null : cell(column.type(), value, now);
            cells.add(cell == null ? NULL : cell);
        }
        return cells;
    }

    private static @Nullable Object value(Map<String, Object> tree, String path) {
        try {
            List<Object> found = JsonPath.parse(path).read(tree);
            return found.isEmpty() ? null : found.getFirst();
        } catch (IllegalArgumentException malformed) {
            return null;
        }
    }

    private static @Nullable Object cell(String type, Object value, Instant now) {
        return switch (type) {
            case "string" -> value instanceof Map || value instanceof List ? JsonText.write(value) : value.toString();
            case "integer" -> value instanceof Number number ? (Object) number.longValue() : null;
            case "number" -> value instanceof Number ? value : null;
            case "boolean" -> value instanceof Boolean ? value : null;
            case "date" -> value instanceof String text ? age(text, now) : null;
            default -> null;
        };
    }

    private static String age(String text, Instant now) {
        try {
            return Cells.since(OffsetDateTime.parse(text).toInstant(), now);
        } catch (DateTimeParseException malformed) {
            return "<invalid>";
        }
    }
}
