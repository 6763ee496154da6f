package dev.orchestrator.api.model.autoscaling;

import dev.orchestrator.api.model.Model;
import dev.orchestrator.api.model.Required;
import org.jspecify.annotations.Nullable;

/** How many replicas there are, and which pods they are. */
@Model
public record ScaleStatus(@Required int replicas, @Nullable String selector) {

    /** With nothing set. */
    public static final ScaleStatus EMPTY = ScaleStatusBuilder.builder().build();
}
