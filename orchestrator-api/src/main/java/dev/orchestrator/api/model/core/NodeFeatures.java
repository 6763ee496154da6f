package dev.orchestrator.api.model.core;

import dev.orchestrator.api.model.Model;
import org.jspecify.annotations.Nullable;

/** Kubernetes NodeFeatures. */
@Model
public record NodeFeatures(@Nullable Boolean supplementalGroupsPolicy) {}
