package dev.orchestrator.api.model.apps;

import dev.orchestrator.api.model.Model;
import org.jspecify.annotations.Nullable;

/** What becomes of the claims of a stateful set that is deleted or scaled down. */
@Model
public record StatefulSetPersistentVolumeClaimRetentionPolicy(
        @Nullable String whenDeleted, @Nullable String whenScaled) {}
