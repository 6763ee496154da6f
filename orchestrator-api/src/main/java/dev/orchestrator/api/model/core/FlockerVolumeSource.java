package dev.orchestrator.api.model.core;

import dev.orchestrator.api.model.Model;
import org.jspecify.annotations.Nullable;

/** A Flocker dataset. */
@Model
public record FlockerVolumeSource(
        @Nullable String datasetName, @Nullable String datasetUUID) {}
