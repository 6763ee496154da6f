package dev.orchestrator.api.model.core;

import dev.orchestrator.api.model.Model;
import org.jspecify.annotations.Nullable;

/** The group of pods that a pod is scheduled with. */
@Model
public record PodSchedulingGroup(@Nullable String podGroupName) {}
