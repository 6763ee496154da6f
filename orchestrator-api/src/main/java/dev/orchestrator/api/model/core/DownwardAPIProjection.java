package dev.orchestrator.api.model.core;

import java.util.List;

import dev.orchestrator.api.collect.Immutables;
import dev.orchestrator.api.model.Model;

/** Facts about the pod as files of a projected volume. */
@Model
public record DownwardAPIProjection(List<DownwardAPIVolumeFile> items) {

    /** Copies the collections and fills in what Kubernetes never leaves absent. */
    public DownwardAPIProjection {
        items = Immutables.list(items);
    }
}
