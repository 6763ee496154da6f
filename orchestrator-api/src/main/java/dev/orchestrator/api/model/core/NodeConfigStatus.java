package dev.orchestrator.api.model.core;

import dev.orchestrator.api.model.Model;
import org.jspecify.annotations.Nullable;

/** Which configuration a node uses. */
@Model
public record NodeConfigStatus(
        @Nullable NodeConfigSource active,
        @Nullable NodeConfigSource assigned,
        @Nullable String error,
        @Nullable NodeConfigSource lastKnownGood) {}
