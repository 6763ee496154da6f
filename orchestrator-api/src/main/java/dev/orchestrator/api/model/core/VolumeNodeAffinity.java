package dev.orchestrator.api.model.core;

import dev.orchestrator.api.model.Model;
import org.jspecify.annotations.Nullable;

/** Kubernetes VolumeNodeAffinity. */
@Model
public record VolumeNodeAffinity(@Nullable NodeSelector required) {}
