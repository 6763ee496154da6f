package dev.orchestrator.api.model.apiextensions;

import dev.orchestrator.api.collect.Immutables;
import dev.orchestrator.api.model.Model;
import dev.orchestrator.api.model.Required;
import org.jspecify.annotations.Nullable;

/** A column that tables of a custom kind show. */
@Model
public record CustomResourceColumnDefinition(
        @Nullable String description,
        @Nullable String format,
        @Required String jsonPath,
        @Required String name,
        int priority,
        @Required String type) {

    /** Copies the collections and fills in what Kubernetes never leaves absent. */
    public CustomResourceColumnDefinition {
        jsonPath = Immutables.text(jsonPath);
        name = Immutables.text(name);
        type = Immutables.text(type);
    }
}
