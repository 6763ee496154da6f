package dev.orchestrator.api.model.core;

import java.util.Map;

import dev.orchestrator.api.collect.Immutables;
import dev.orchestrator.api.model.Model;
import dev.orchestrator.api.model.Required;
import org.jspecify.annotations.Nullable;

/** A volume of a storage driver that lives as long as its pod. */
@Model
public record CSIVolumeSource(
        @Required String driver,
        @Nullable String fsType,
        @Nullable LocalObjectReference nodePublishSecretRef,
        @Nullable Boolean readOnly,
        Map<String, String> volumeAttributes) {

    /** Copies the collections and fills in what Kubernetes never leaves absent. */
    public CSIVolumeSource {
        driver = Immutables.text(driver);
        volumeAttributes = Immutables.map(volumeAttributes);
    }
}
