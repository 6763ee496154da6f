package dev.orchestrator.server.resource;

import dev.orchestrator.server.http.MediaTypes;
import dev.orchestrator.server.http.MediaTypes.Clause;
import dev.orchestrator.server.http.Statuses;
import org.jspecify.annotations.Nullable;

/**
 * The form in which a client wants objects.
 *
 * @param form what is made of an object
 * @param version the version of {@code meta.k8s.io} that it is made in
 * @param yaml whether it is written as YAML
 */
record Rendering(Form form, String version, boolean yaml) {

    private static final String AVAILABLE = "application/json, application/yaml, application/json;stream=watch";
    private static final String META = "meta.k8s.io";

    /** What is made of an object. */
    enum Form {
        /** All of it. */
        OBJECT,
        /** A row of a table. */
        TABLE,
        /** Its metadata. */
        METADATA
    }

    /**
     * {@return the first form a client accepts that can be given}
     *
     * @throws dev.orchestrator.api.ApiException if there is none
     */
    static Rendering of(String accept) {
        Rendering chosen = MediaTypes.choose(accept, Rendering::of);
        if (chosen == null) {
            throw Statuses.notAcceptable(AVAILABLE);
        }
        return chosen;
    }

    private static @Nullable Rendering of(Clause clause) {
        boolean yaml = clause.type().equals(MediaTypes.YAML);
        if (!clause.takesJson() && !yaml) {
            return null;
        }
        String as = clause.parameter("as");
        if (as.isEmpty()) {
            return new Rendering(Form.OBJECT, "v1", yaml);
        }
        String version = clause.parameter("v");
        boolean known = clause.parameter("g").equals(META) && (version.equals("v1") || version.equals("v1beta1"));
        return switch (as) {
            case "Table" -> known ? new Rendering(Form.TABLE, version, yaml) : null;
            case "PartialObjectMetadata", "PartialObjectMetadataList" ->
                known ? new Rendering(Form.METADATA, version, yaml) : null;
            default -> null;
        };
    }

    String apiVersion() {
        return META + "/" + version;
    }
}
