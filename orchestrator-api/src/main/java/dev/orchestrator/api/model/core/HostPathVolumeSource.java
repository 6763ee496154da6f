package dev.orchestrator.api.model.core;

import dev.orchestrator.api.collect.Immutables;
import dev.orchestrator.api.model.Model;
import dev.orchestrator.api.model.Required;
import org.jspecify.annotations.Nullable;

/** A file or directory of the node. */
@Model
public record HostPathVolumeSource(
        @Required String path, @Nullable String type) {

    /** Copies the collections and fills in what Kubernetes never leaves absent. */
    public HostPathVolumeSource {
        path = Immutables.text(path);
    }
}
