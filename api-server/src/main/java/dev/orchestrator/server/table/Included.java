package dev.orchestrator.server.table;

/** What of an object a row of a table carries beside its cells. */
public enum Included {
    /** Nothing. */
    NONE,
    /** Its metadata. */
    METADATA,
    /** All of it. */
    OBJECT;

    /** {@return what the query parameter {@code includeObject} means} */
    public static Included of(String parameter) {
        return switch (parameter) {
            case "None" -> NONE;
            case "Object" -> OBJECT;
            default -> METADATA;
        };
    }
}
