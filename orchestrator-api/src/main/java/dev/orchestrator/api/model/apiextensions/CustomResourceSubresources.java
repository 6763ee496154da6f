package dev.orchestrator.api.model.apiextensions;

import dev.orchestrator.api.model.Model;
import org.jspecify.annotations.Nullable;

/** The parts of a custom object that are written apart. */
@Model
public record CustomResourceSubresources(
        @Nullable CustomResourceSubresourceScale scale,
        @Nullable Object status) {}
