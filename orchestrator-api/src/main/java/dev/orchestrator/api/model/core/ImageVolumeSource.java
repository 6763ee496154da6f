package dev.orchestrator.api.model.core;

import dev.orchestrator.api.model.Model;
import org.jspecify.annotations.Nullable;

/** The content of an image as a volume. */
@Model
public record ImageVolumeSource(
        @Nullable String pullPolicy, @Nullable String reference) {}
