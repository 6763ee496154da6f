package dev.orchestrator.api.model.core;

import dev.orchestrator.api.collect.Immutables;
import dev.orchestrator.api.model.Model;
import dev.orchestrator.api.model.Required;
import org.jspecify.annotations.Nullable;

/** One variable in a file of a volume. */
@Model
public record FileKeySelector(
        @Required String key,
        @Nullable Boolean optional,
        @Required String path,
        @Required String volumeName) {

    /** Copies the collections and fills in what Kubernetes never leaves absent. */
    public FileKeySelector {
        key = Immutables.text(key);
        path = Immutables.text(path);
        volumeName = Immutables.text(volumeName);
    }
}
