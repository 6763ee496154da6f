package dev.orchestrator.server.http;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

/** The forms in which things are sent, and the choice among those that a client accepts. */
public final class MediaTypes {

    /** JSON. */
    public static final String JSON = "application/json";

    /** YAML. */
    public static final String YAML = "application/yaml";

    /** Kubernetes' protobuf. */
    public static final String PROTOBUF = "application/vnd.kubernetes.protobuf";

    private MediaTypes() {}

    /**
     * One clause of an {@code Accept} header.
     *
     * @param type the media type in lower case
     * @param parameters its parameters, such as {@code as}
     * @param quality how much it is liked, from 0 to 1
     */
    public record Clause(String type, Map<String, String> parameters, double quality) {

        /** {@return whether this clause means JSON or anything} */
        public boolean takesJson() {
            return type.equals(JSON) || type.equals("*/*") || type.equals("application/*");
        }

        /** {@return a parameter; empty when it is not given} */
        public String parameter(String name) {
            return parameters.getOrDefault(name, "");
        }
    }

    /** {@return the clauses of an {@code Accept} header, the most wanted first; one that takes anything for none} */
    public static List<Clause> accepted(String header) {
        var clauses = new ArrayList<Clause>();
        for (String part : header.split(",", -1)) {
            if (!part.isBlank()) {
                clauses.add(clause(part));
            }
        }
        if (clauses.isEmpty()) {
            return List.of(new Clause("*/*", Map.of(), 1));
        }
        clauses.removeIf(clause -> clause.quality() <= 0);
        clauses.sort(Comparator.comparingDouble(Clause::quality).reversed());
        return List.copyOf(clauses);
    }

    private static Clause clause(String text) {
        String[] parts = text.split(";", -1);
        var parameters = new TreeMap<String, String>();
        double quality = 1;
        for (int i = 1; i < parts.length; i++) {
            int equals = parts[i].indexOf('=');
            if (equals > 0) {
                String name = parts[i].substring(0, equals).strip().toLowerCase(Locale.ROOT);
                String value = parts[i].substring(equals + 1).strip();
                if (name.equals("q")) {
                    quality = quality(value);
                } else {
                    parameters.put(name, value);
                }
            }
        }
        return new Clause(parts[0].strip().toLowerCase(Locale.ROOT), parameters, quality);
    }

    private static double quality(String text) {
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException malformed) {
            return 0;
        }
    }

    /** {@return what is made of the first clause that something can be made of; null when there is none} */
    public static <T> @Nullable T choose(String header, Function<Clause, @Nullable T> choice) {
        for (Clause clause : accepted(header)) {
            T chosen = choice.apply(clause);
            if (chosen != null) {
                return chosen;
            }
        }
        return null;
    }
}
