package dev.orchestrator.api.model.core;

import dev.orchestrator.api.model.Model;
import org.jspecify.annotations.Nullable;

/** Names an object in the same namespace. */
@Model
public record LocalObjectReference(@Nullable String name) {

    /** With nothing set. */
    public static final LocalObjectReference EMPTY =
            LocalObjectReferenceBuilder.builder().build();
}
