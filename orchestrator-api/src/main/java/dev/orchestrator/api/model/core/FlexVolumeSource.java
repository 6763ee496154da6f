package dev.orchestrator.api.model.core;

import java.util.Map;

import dev.orchestrator.api.collect.Immutables;
import dev.orchestrator.api.model.Model;
import dev.orchestrator.api.model.Required;
import org.jspecify.annotations.Nullable;

/** A volume of an exec-based plug-in. */
@Model
public record FlexVolumeSource(
        @Required String driver,
        @Nullable String fsType,
        Map<String, String> options,
        @Nullable Boolean readOnly,
        @Nullable LocalObjectReference secretRef) {

    /** Copies the collections and fills in what Kubernetes never leaves absent. */
    public FlexVolumeSource {
        driver = Immutables.text(driver);
        options = Immutables.map(options);
    }
}
