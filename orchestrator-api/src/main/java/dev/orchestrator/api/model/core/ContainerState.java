package dev.orchestrator.api.model.core;

import dev.orchestrator.api.model.Model;
import org.jspecify.annotations.Nullable;

/** Whether a container waits, runs or has ended; one of the three is set. */
@Model
public record ContainerState(
        @Nullable ContainerStateRunning running,
        @Nullable ContainerStateTerminated terminated,
        @Nullable ContainerStateWaiting waiting) {

    /** With nothing set. */
    public static final ContainerState EMPTY = ContainerStateBuilder.builder().build();
}
