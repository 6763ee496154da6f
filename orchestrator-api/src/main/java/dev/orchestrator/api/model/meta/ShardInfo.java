package dev.orchestrator.api.model.meta;

import dev.orchestrator.api.collect.Immutables;
import dev.orchestrator.api.model.Model;
import dev.orchestrator.api.model.Required;

/** Which part of a sharded list an answer holds. */
@Model
public record ShardInfo(@Required String selector) {

    /** Copies the collections and fills in what Kubernetes never leaves absent. */
    public ShardInfo {
        selector = Immutables.text(selector);
    }
}
