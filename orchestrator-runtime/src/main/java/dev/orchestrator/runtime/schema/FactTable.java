package dev.orchestrator.runtime.schema;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

import static java.util.Objects.requireNonNull;

/** Kubernetes' own facts about fields and types, a line each: what it is about, a blank, what is known. */
public final class FactTable {

    private FactTable() {}

    /** {@return the facts of a file that lies beside a class, by what they are about; lines with {@code #} are none} */
    public static Map<String, String> read(Class<?> beside, String file) {
        try (InputStream table = requireNonNull(beside.getResourceAsStream(file), file)) {
            var facts = new HashMap<String, String>();
            new String(table.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .forEach(line -> {
                        int space = line.indexOf(' ');
                        facts.put(line.substring(0, space), line.substring(space + 1));
                    });
            return Map.copyOf(facts);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
