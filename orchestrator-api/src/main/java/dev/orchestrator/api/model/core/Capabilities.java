package dev.orchestrator.api.model.core;

import java.util.List;

import dev.orchestrator.api.collect.Immutables;
import dev.orchestrator.api.model.Model;

/** Linux capabilities to add and to drop. */
@Model
public record Capabilities(List<String> add, List<String> drop) {

    /** Copies the collections and fills in what Kubernetes never leaves absent. */
    public Capabilities {
        add = Immutables.list(add);
        drop = Immutables.list(drop);
    }
}
