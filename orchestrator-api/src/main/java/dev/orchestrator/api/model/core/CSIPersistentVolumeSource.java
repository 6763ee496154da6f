package dev.orchestrator.api.model.core;

import java.util.Map;

import dev.orchestrator.api.collect.Immutables;
import dev.orchestrator.api.model.Model;
import dev.orchestrator.api.model.Required;
import org.jspecify.annotations.Nullable;

/** A persistent volume of a storage driver. */
@Model
public record CSIPersistentVolumeSource(
        @Nullable SecretReference controllerExpandSecretRef,
        @Nullable SecretReference controllerPublishSecretRef,
        @Required String driver,
        @Nullable String fsType,
        @Nullable SecretReference nodeExpandSecretRef,
        @Nullable SecretReference nodePublishSecretRef,
        @Nullable SecretReference nodeStageSecretRef,
        @Nullable Boolean readOnly,
        Map<String, String> volumeAttributes,
        @Required String volumeHandle) {

    /** Copies the collections and fills in what Kubernetes never leaves absent. */
    public CSIPersistentVolumeSource {
        driver = Immutables.text(driver);
        volumeAttributes = Immutables.map(volumeAttributes);
        volumeHandle = Immutables.text(volumeHandle);
    }
}
