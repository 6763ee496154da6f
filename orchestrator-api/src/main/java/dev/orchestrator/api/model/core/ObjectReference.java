package dev.orchestrator.api.model.core;

import dev.orchestrator.api.model.Model;
import org.jspecify.annotations.Nullable;

/** Names any object, or a part of one. */
@Model
public record ObjectReference(
        @Nullable String apiVersion,
        @Nullable String fieldPath,
        @Nullable String kind,
        @Nullable String name,
        @Nullable String namespace,
        @Nullable String resourceVersion,
        @Nullable String uid) {

    /** With nothing set. */
    public static final ObjectReference EMPTY = ObjectReferenceBuilder.builder().build();
}
