package dev.orchestrator.api.model.core;

import dev.orchestrator.api.model.Model;
import org.jspecify.annotations.Nullable;

/** Kubernetes VolumeStatus. */
@Model
public record VolumeStatus(@Nullable ImageVolumeStatus image) {}
