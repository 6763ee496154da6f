package dev.orchestrator.api.model.meta;

import dev.orchestrator.api.model.Model;
import org.jspecify.annotations.Nullable;

/** What must hold for a deletion to happen. */
@Model
public record Preconditions(
        @Nullable String resourceVersion, @Nullable String uid) {}
