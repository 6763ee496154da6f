package dev.orchestrator.server.resource;

import java.util.List;
import java.util.stream.Collectors;

/** Values as Go prints them. */
final class GoText {

    private GoText() {}

    static String strings(List<String> values) {
        return values.stream().map(value -> "\"" + value + "\"").collect(Collectors.joining(", ", "[]string{", "}"));
    }
}
