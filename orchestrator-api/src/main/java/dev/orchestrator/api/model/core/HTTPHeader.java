package dev.orchestrator.api.model.core;

import dev.orchestrator.api.collect.Immutables;
import dev.orchestrator.api.model.Model;
import dev.orchestrator.api.model.Required;

/** One header of an HTTP request. */
@Model
public record HTTPHeader(@Required String name, @Required String value) {

    /** Copies the collections and fills in what Kubernetes never leaves absent. */
    public HTTPHeader {
        name = Immutables.text(name);
        value = Immutables.text(value);
    }
}
