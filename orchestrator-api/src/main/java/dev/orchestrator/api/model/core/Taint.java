package dev.orchestrator.api.model.core;

import java.time.Instant;

import dev.orchestrator.api.collect.Immutables;
import dev.orchestrator.api.model.Model;
import dev.orchestrator.api.model.Required;
import org.jspecify.annotations.Nullable;

/** Keeps pods off a node that do not tolerate it. */
@Model
public record Taint(
        @Required String effect,
        @Required String key,
        @Nullable Instant timeAdded,
        @Nullable String value) {

    /** Copies the collections and fills in what Kubernetes never leaves absent. */
    public Taint {
        effect = Immutables.text(effect);
        key = Immutables.text(key);
    }
}
