package dev.orchestrator.api.model.core;

import dev.orchestrator.api.collect.Immutables;
import dev.orchestrator.api.model.Model;
import dev.orchestrator.api.model.Required;
import org.jspecify.annotations.Nullable;

/** A file share of Azure. */
@Model
public record AzureFileVolumeSource(
        @Nullable Boolean readOnly,
        @Required String secretName,
        @Required String shareName) {

    /** Copies the collections and fills in what Kubernetes never leaves absent. */
    public AzureFileVolumeSource {
        secretName = Immutables.text(secretName);
        shareName = Immutables.text(shareName);
    }
}
