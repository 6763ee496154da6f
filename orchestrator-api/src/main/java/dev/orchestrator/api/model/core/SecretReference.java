package dev.orchestrator.api.model.core;

import dev.orchestrator.api.model.Model;
import org.jspecify.annotations.Nullable;

/** Names a secret in any namespace. */
@Model
public record SecretReference(
        @Nullable String name, @Nullable String namespace) {

    /** With nothing set. */
    public static final SecretReference EMPTY = SecretReferenceBuilder.builder().build();
}
