package dev.orchestrator.api.model.core;

import dev.orchestrator.api.collect.Immutables;
import dev.orchestrator.api.model.Model;
import dev.orchestrator.api.model.Required;
import org.jspecify.annotations.Nullable;

/** Which entry becomes which file. */
@Model
public record KeyToPath(
        @Required String key,
        @Nullable Integer mode,
        @Required String path) {

    /** Copies the collections and fills in what Kubernetes never leaves absent. */
    public KeyToPath {
        key = Immutables.text(key);
        path = Immutables.text(path);
    }
}
