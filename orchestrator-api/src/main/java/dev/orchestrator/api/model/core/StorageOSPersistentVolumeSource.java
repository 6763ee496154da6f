package dev.orchestrator.api.model.core;

import dev.orchestrator.api.model.Model;
import org.jspecify.annotations.Nullable;

/** Kubernetes StorageOSPersistentVolumeSource. */
@Model
public record StorageOSPersistentVolumeSource(
        @Nullable String fsType,
        @Nullable Boolean readOnly,
        @Nullable ObjectReference secretRef,
        @Nullable String volumeName,
        @Nullable String volumeNamespace) {}
