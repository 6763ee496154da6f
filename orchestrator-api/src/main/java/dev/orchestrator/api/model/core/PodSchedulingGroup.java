package dev.orchestrator.api.model.core;

import dev.orchestrator.api.model.Model;
import org.jspecify.annotations.Nullable;

/** Kubernetes PodSchedulingGroup. */
@Model
public record PodSchedulingGroup(@Nullable String podGroupName) {}
