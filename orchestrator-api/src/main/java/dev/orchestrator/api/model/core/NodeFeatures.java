package dev.orchestrator.api.model.core;

import dev.orchestrator.api.model.Model;
import org.jspecify.annotations.Nullable;

/** What the runtime of a node can do. */
@Model
public record NodeFeatures(@Nullable Boolean supplementalGroupsPolicy) {}
