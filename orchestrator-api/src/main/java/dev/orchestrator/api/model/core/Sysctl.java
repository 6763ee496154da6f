package dev.orchestrator.api.model.core;

import dev.orchestrator.api.collect.Immutables;
import dev.orchestrator.api.model.Model;
import dev.orchestrator.api.model.Required;

/** One kernel parameter of a pod. */
@Model
public record Sysctl(@Required String name, @Required String value) {

    /** Copies the collections and fills in what Kubernetes never leaves absent. */
    public Sysctl {
        name = Immutables.text(name);
        value = Immutables.text(value);
    }
}
