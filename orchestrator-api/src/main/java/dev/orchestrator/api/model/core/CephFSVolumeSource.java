package dev.orchestrator.api.model.core;

import java.util.List;

import dev.orchestrator.api.collect.Immutables;
import dev.orchestrator.api.model.Model;
import dev.orchestrator.api.model.Required;
import org.jspecify.annotations.Nullable;

/** A Ceph file system. */
@Model
public record CephFSVolumeSource(
        @Required List<String> monitors,
        @Nullable String path,
        @Nullable Boolean readOnly,
        @Nullable String secretFile,
        @Nullable LocalObjectReference secretRef,
        @Nullable String user) {

    /** Copies the collections and fills in what Kubernetes never leaves absent. */
    public CephFSVolumeSource {
        monitors = Immutables.list(monitors);
    }
}
