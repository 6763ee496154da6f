package dev.orchestrator.api.model.core;

import dev.orchestrator.api.model.Model;
import org.jspecify.annotations.Nullable;

/** A StorageOS volume. */
@Model
public record StorageOSVolumeSource(
        @Nullable String fsType,
        @Nullable Boolean readOnly,
        @Nullable LocalObjectReference secretRef,
        @Nullable String volumeName,
        @Nullable String volumeNamespace) {}
