package dev.orchestrator.api.model.autoscaling;

import dev.orchestrator.api.model.Model;
import org.jspecify.annotations.Nullable;

/** How many replicas there should be. */
@Model
public record ScaleSpec(@Nullable Integer replicas) {

    /** With nothing set. */
    public static final ScaleSpec EMPTY = ScaleSpecBuilder.builder().build();
}
