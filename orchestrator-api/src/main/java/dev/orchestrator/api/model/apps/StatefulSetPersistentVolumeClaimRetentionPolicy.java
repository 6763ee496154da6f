package dev.orchestrator.api.model.apps;

import dev.orchestrator.api.model.Model;
import org.jspecify.annotations.Nullable;

/** Kubernetes StatefulSetPersistentVolumeClaimRetentionPolicy. */
@Model
public record StatefulSetPersistentVolumeClaimRetentionPolicy(
        @Nullable String whenDeleted, @Nullable String whenScaled) {}
