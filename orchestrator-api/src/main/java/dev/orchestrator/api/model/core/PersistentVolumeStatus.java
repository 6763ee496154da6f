package dev.orchestrator.api.model.core;

import java.time.Instant;

import dev.orchestrator.api.model.Model;
import org.jspecify.annotations.Nullable;

/** Whether a persistent volume is taken. */
@Model
public record PersistentVolumeStatus(
        @Nullable Instant lastPhaseTransitionTime,
        @Nullable String message,
        @Nullable String phase,
        @Nullable String reason) {

    /** With nothing set. */
    public static final PersistentVolumeStatus EMPTY =
            PersistentVolumeStatusBuilder.builder().build();
}
