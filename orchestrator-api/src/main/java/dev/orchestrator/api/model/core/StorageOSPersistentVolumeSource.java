package dev.orchestrator.api.model.core;

import dev.orchestrator.api.model.Model;
import org.jspecify.annotations.Nullable;

/** A StorageOS volume, for a persistent volume. */
@Model
public record StorageOSPersistentVolumeSource(
        @Nullable String fsType,
        @Nullable Boolean readOnly,
        @Nullable ObjectReference secretRef,
        @Nullable String volumeName,
        @Nullable String volumeNamespace) {}
