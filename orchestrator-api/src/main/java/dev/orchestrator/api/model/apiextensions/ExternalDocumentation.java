package dev.orchestrator.api.model.apiextensions;

import dev.orchestrator.api.model.Model;
import org.jspecify.annotations.Nullable;

/** Where more is written. */
@Model
public record ExternalDocumentation(
        @Nullable String description, @Nullable String url) {}
