package dev.orchestrator.api.model.core;

import dev.orchestrator.api.model.Model;
import org.jspecify.annotations.Nullable;

/** Kubernetes ImageVolumeSource. */
@Model
public record ImageVolumeSource(
        @Nullable String pullPolicy, @Nullable String reference) {}
