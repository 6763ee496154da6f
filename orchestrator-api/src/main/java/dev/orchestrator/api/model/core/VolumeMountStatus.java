package dev.orchestrator.api.model.core;

import dev.orchestrator.api.collect.Immutables;
import dev.orchestrator.api.model.Model;
import dev.orchestrator.api.model.Required;
import org.jspecify.annotations.Nullable;

/** How a volume was mounted into a container. */
@Model
public record VolumeMountStatus(
        @Required String mountPath,
        @Required String name,
        @Nullable Boolean readOnly,
        @Nullable String recursiveReadOnly,
        @Nullable VolumeStatus volumeStatus) {

    /** Copies the collections and fills in what Kubernetes never leaves absent. */
    public VolumeMountStatus {
        mountPath = Immutables.text(mountPath);
        name = Immutables.text(name);
    }
}
