package dev.orchestrator.runtime.handle;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.orchestrator.api.model.Resource;
import dev.orchestrator.runtime.codec.Codec;

/** What {@code describe} says about a kind that it knows nothing special of: all its fields, with words as labels. */
final class GenericDescription {

    private static final Set<String> ACRONYMS = Set.of("API", "URL", "UID", "OSB", "GUID");
    private static final Set<String> SHOWN_ABOVE = Set.of(
            ".metadata.managedFields",
            ".metadata.name",
            ".metadata.namespace",
            ".metadata.labels",
            ".metadata.annotations");

    private GenericDescription() {}

    static void write(Sheet sheet, HandleContext context, Resource object) {
        var metadata = object.metadata();
        sheet.field("Name", metadata.nameOrEmpty())
                .field("Namespace", metadata.namespaceOrEmpty())
                .map("Labels", metadata.labels())
                .annotations("Annotations", metadata.annotations());
        fields(sheet, Codec.toTree(object), "");
        EventList.write(sheet, context, object);
    }

    private static void fields(Sheet sheet, Map<?, ?> fields, String path) {
        var sorted = new TreeMap<String, Object>();
        fields.forEach((name, value) -> sorted.put(name.toString(), value));
        sorted.forEach((name, value) -> {
            String here = path + "." + name;
            if (SHOWN_ABOVE.contains(here)) {
                return;
            }
            switch (value) {
                case Map<?, ?> map -> sheet.section(label(name), () -> fields(sheet, map, here));
                case List<?> list -> sheet.section(label(name), () -> list.forEach(each -> element(sheet, each, here)));
                default -> sheet.field(label(name), value);
            }
        });
    }

    private static void element(Sheet sheet, Object element, String path) {
        if (element instanceof Map<?, ?> map) {
            fields(sheet, map, path);
        } else {
            sheet.line(element.toString());
        }
    }

    /** {@return the words of a name: {@code Lease Duration Seconds} for {@code leaseDurationSeconds}} */
    static String label(String field) {
        if (!field.chars().allMatch(letter -> Character.isLetter(letter) || letter == '-')) {
            return field;
        }
        // A word ends where a capital follows a small letter, and before the last of several capitals.
        return Stream.of(field.split("(?<=\\p{Ll})(?=\\p{Lu})|(?<=\\p{Lu})(?=\\p{Lu}\\p{Ll})|(?<=-)|(?=-)", -1))
                .map(word -> ACRONYMS.contains(word.toUpperCase(Locale.ROOT))
                        ? word.toUpperCase(Locale.ROOT)
                        : word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1))
                .collect(Collectors.joining(" "));
    }
}
