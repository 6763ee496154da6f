package dev.orchestrator.api.model.apiextensions;

import dev.orchestrator.api.collect.Immutables;
import dev.orchestrator.api.model.Model;
import dev.orchestrator.api.model.Required;

/** A field that field selectors can name. */
@Model
public record SelectableField(@Required String jsonPath) {

    /** Copies the collections and fills in what Kubernetes never leaves absent. */
    public SelectableField {
        jsonPath = Immutables.text(jsonPath);
    }
}
