package dev.orchestrator.api.model.core;

import dev.orchestrator.api.model.Model;
import dev.orchestrator.api.model.Quantity;
import org.jspecify.annotations.Nullable;

/** A directory that lives as long as its pod. */
@Model
public record EmptyDirVolumeSource(
        @Nullable String medium, @Nullable Quantity sizeLimit) {}
