package dev.orchestrator.api.model.core;

import dev.orchestrator.api.collect.Immutables;
import dev.orchestrator.api.model.Model;
import dev.orchestrator.api.model.Required;
import org.jspecify.annotations.Nullable;

/** One entry of a config map. */
@Model
public record ConfigMapKeySelector(
        @Required String key,
        @Nullable String name,
        @Nullable Boolean optional) {

    /** Copies the collections and fills in what Kubernetes never leaves absent. */
    public ConfigMapKeySelector {
        key = Immutables.text(key);
    }
}
