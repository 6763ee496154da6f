package dev.orchestrator.api.model.core;

import dev.orchestrator.api.collect.Immutables;
import dev.orchestrator.api.model.Model;
import dev.orchestrator.api.model.Required;
import org.jspecify.annotations.Nullable;

/** A disk, partition or directory of one node. */
@Model
public record LocalVolumeSource(
        @Nullable String fsType, @Required String path) {

    /** Copies the collections and fills in what Kubernetes never leaves absent. */
    public LocalVolumeSource {
        path = Immutables.text(path);
    }
}
