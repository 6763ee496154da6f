package dev.orchestrator.api.model.core;

import dev.orchestrator.api.collect.Immutables;
import dev.orchestrator.api.model.Model;
import dev.orchestrator.api.model.Required;
import org.jspecify.annotations.Nullable;

/** A directory of an NFS server. */
@Model
public record NFSVolumeSource(
        @Required String path,
        @Nullable Boolean readOnly,
        @Required String server) {

    /** Copies the collections and fills in what Kubernetes never leaves absent. */
    public NFSVolumeSource {
        path = Immutables.text(path);
        server = Immutables.text(server);
    }
}
