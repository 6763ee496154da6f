package dev.orchestrator.api.model.core;

import dev.orchestrator.api.model.Model;
import org.jspecify.annotations.Nullable;

/** Who reported an event. */
@Model
public record EventSource(
        @Nullable String component, @Nullable String host) {

    /** With nothing set. */
    public static final EventSource EMPTY = EventSourceBuilder.builder().build();
}
