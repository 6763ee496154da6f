package dev.orchestrator.api.model.core;

import dev.orchestrator.api.collect.Immutables;
import dev.orchestrator.api.model.Model;
import dev.orchestrator.api.model.Required;
import org.jspecify.annotations.Nullable;

import static java.util.Objects.requireNonNullElse;

/** A ScaleIO volume, for a persistent volume. */
@Model
public record ScaleIOPersistentVolumeSource(
        @Nullable String fsType,
        @Required String gateway,
        @Nullable String protectionDomain,
        @Nullable Boolean readOnly,
        @Required SecretReference secretRef,
        @Nullable Boolean sslEnabled,
        @Nullable String storageMode,
        @Nullable String storagePool,
        @Required String system,
        @Nullable String volumeName) {

    /** Copies the collections and fills in what Kubernetes never leaves absent. */
    public ScaleIOPersistentVolumeSource {
        gateway = Immutables.text(gateway);
        secretRef = requireNonNullElse(secretRef, SecretReference.EMPTY);
        system = Immutables.text(system);
    }
}
