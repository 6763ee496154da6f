package dev.orchestrator.api.model.core;

import dev.orchestrator.api.model.Model;
import org.jspecify.annotations.Nullable;

/** All entries of a secret as environment variables. */
@Model
public record SecretEnvSource(
        @Nullable String name, @Nullable Boolean optional) {}
