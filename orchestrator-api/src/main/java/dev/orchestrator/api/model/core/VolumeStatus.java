package dev.orchestrator.api.model.core;

import dev.orchestrator.api.model.Model;
import org.jspecify.annotations.Nullable;

/** What a volume of a container was last seen to be. */
@Model
public record VolumeStatus(@Nullable ImageVolumeStatus image) {}
