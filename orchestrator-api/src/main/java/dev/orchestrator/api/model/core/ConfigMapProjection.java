package dev.orchestrator.api.model.core;

import java.util.List;

import dev.orchestrator.api.collect.Immutables;
import dev.orchestrator.api.model.Model;
import org.jspecify.annotations.Nullable;

/** Entries of a config map as files of a projected volume. */
@Model
public record ConfigMapProjection(
        List<KeyToPath> items,
        @Nullable String name,
        @Nullable Boolean optional) {

    /** Copies the collections and fills in what Kubernetes never leaves absent. */
    public ConfigMapProjection {
        items = Immutables.list(items);
    }
}
