package dev.orchestrator.api.model.authentication;

import dev.orchestrator.api.model.Model;
import org.jspecify.annotations.Nullable;

/** The object whose life a token shares. */
@Model
public record BoundObjectReference(
        @Nullable String apiVersion,
        @Nullable String kind,
        @Nullable String name,
        @Nullable String uid) {}
