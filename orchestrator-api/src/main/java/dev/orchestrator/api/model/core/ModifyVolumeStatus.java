package dev.orchestrator.api.model.core;

import dev.orchestrator.api.collect.Immutables;
import dev.orchestrator.api.model.Model;
import dev.orchestrator.api.model.Required;
import org.jspecify.annotations.Nullable;

/** How far a change of a volume's attributes is. */
@Model
public record ModifyVolumeStatus(
        @Required String status, @Nullable String targetVolumeAttributesClassName) {

    /** Copies the collections and fills in what Kubernetes never leaves absent. */
    public ModifyVolumeStatus {
        status = Immutables.text(status);
    }
}
