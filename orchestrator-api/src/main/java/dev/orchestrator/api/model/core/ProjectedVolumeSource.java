package dev.orchestrator.api.model.core;

import java.util.List;

import dev.orchestrator.api.collect.Immutables;
import dev.orchestrator.api.model.Model;
import org.jspecify.annotations.Nullable;

/** Files from several sources in one directory. */
@Model
public record ProjectedVolumeSource(@Nullable Integer defaultMode, List<VolumeProjection> sources) {

    /** Copies the collections and fills in what Kubernetes never leaves absent. */
    public ProjectedVolumeSource {
        sources = Immutables.list(sources);
    }
}
