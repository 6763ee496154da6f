package dev.orchestrator.api.model.core;

import dev.orchestrator.api.model.Model;
import org.jspecify.annotations.Nullable;

/** The nodes that can reach a volume. */
@Model
public record VolumeNodeAffinity(@Nullable NodeSelector required) {}
