package dev.orchestrator.api.model.meta;

import dev.orchestrator.api.model.Model;
import org.jspecify.annotations.Nullable;

/** Kubernetes Preconditions. */
@Model
public record Preconditions(
        @Nullable String resourceVersion, @Nullable String uid) {}
