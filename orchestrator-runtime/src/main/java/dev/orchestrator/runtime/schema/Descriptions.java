package dev.orchestrator.runtime.schema;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** What the types and fields of the model are for, in one text file for each group; read when somebody asks. */
public final class Descriptions {

    private static final Map<String, Map<String, String>> BY_GROUP = new ConcurrentHashMap<>();

    private Descriptions() {}

    /** {@return what the type is for; empty when nothing is written about it} */
    public static String of(Class<?> type) {
        return texts(ModelTypes.group(type)).getOrDefault(type.getSimpleName(), "");
    }

    /** {@return what the field is for; empty when nothing is written about it} */
    static String of(Class<?> owner, String field) {
        return texts(ModelTypes.group(owner)).getOrDefault(owner.getSimpleName() + "." + field, "");
    }

    /** {@return the texts of a group by {@code Type} and {@code Type.field}} */
    static Map<String, String> texts(String group) {
        return BY_GROUP.computeIfAbsent(group, Descriptions::read);
    }

    private static Map<String, String> read(String group) {
        try (InputStream file = Descriptions.class.getResourceAsStream(group + ".txt")) {
            return file == null ? Map.of() : parse(new String(file.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static Map<String, String> parse(String text) {
        var texts = new HashMap<String, String>();
        var type = "";
        for (String line : text.lines().filter(line -> !line.startsWith("#")).toList()) {
            if (line.startsWith("  ")) {
                int equals = line.indexOf(" = ");
                if (equals < 0) {
                    texts.put(type, line.strip());
                } else {
                    texts.put(type + "." + line.substring(2, equals), line.substring(equals + 3));
                }
            } else {
                type = line;
            }
        }
        return Map.copyOf(texts);
    }
}
