package dev.orchestrator.api.model.core;

import java.util.List;

import dev.orchestrator.api.collect.Immutables;
import dev.orchestrator.api.model.Model;
import org.jspecify.annotations.Nullable;

/** Facts about the pod as files. */
@Model
public record DownwardAPIVolumeSource(@Nullable Integer defaultMode, List<DownwardAPIVolumeFile> items) {

    /** Copies the collections and fills in what Kubernetes never leaves absent. */
    public DownwardAPIVolumeSource {
        items = Immutables.list(items);
    }
}
