package dev.orchestrator.api.model.discovery;

import dev.orchestrator.api.model.Model;
import org.jspecify.annotations.Nullable;

/** Whether an endpoint is ready, serving or terminating. */
@Model
public record EndpointConditions(
        @Nullable Boolean ready,
        @Nullable Boolean serving,
        @Nullable Boolean terminating) {

    /** With nothing set. */
    public static final EndpointConditions EMPTY =
            EndpointConditionsBuilder.builder().build();
}
