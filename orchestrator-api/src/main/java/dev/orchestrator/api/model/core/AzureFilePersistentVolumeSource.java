package dev.orchestrator.api.model.core;

import dev.orchestrator.api.collect.Immutables;
import dev.orchestrator.api.model.Model;
import dev.orchestrator.api.model.Required;
import org.jspecify.annotations.Nullable;

/** A file share of Azure, for a persistent volume. */
@Model
public record AzureFilePersistentVolumeSource(
        @Nullable Boolean readOnly,
        @Required String secretName,
        @Nullable String secretNamespace,
        @Required String shareName) {

    /** Copies the collections and fills in what Kubernetes never leaves absent. */
    public AzureFilePersistentVolumeSource {
        secretName = Immutables.text(secretName);
        shareName = Immutables.text(shareName);
    }
}
