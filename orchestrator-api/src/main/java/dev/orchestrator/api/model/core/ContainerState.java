package dev.orchestrator.api.model.core;

import dev.orchestrator.api.model.Model;
import org.jspecify.annotations.Nullable;

/** Kubernetes ContainerState. */
@Model
public record ContainerState(
        @Nullable ContainerStateRunning running,
        @Nullable ContainerStateTerminated terminated,
        @Nullable ContainerStateWaiting waiting) {

    /** With nothing set. */
    public static final ContainerState EMPTY = ContainerStateBuilder.builder().build();
}
