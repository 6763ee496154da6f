package dev.orchestrator.api.model.core;

import dev.orchestrator.api.collect.Immutables;
import dev.orchestrator.api.model.Model;
import dev.orchestrator.api.model.Required;
import org.jspecify.annotations.Nullable;

/** One fact about the pod as a file. */
@Model
public record DownwardAPIVolumeFile(
        @Nullable ObjectFieldSelector fieldRef,
        @Nullable Integer mode,
        @Required String path,
        @Nullable ResourceFieldSelector resourceFieldRef) {

    /** Copies the collections and fills in what Kubernetes never leaves absent. */
    public DownwardAPIVolumeFile {
        path = Immutables.text(path);
    }
}
