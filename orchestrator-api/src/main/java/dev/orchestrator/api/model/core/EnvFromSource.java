package dev.orchestrator.api.model.core;

import dev.orchestrator.api.model.Model;
import org.jspecify.annotations.Nullable;

/** Where to take many environment variables from. */
@Model
public record EnvFromSource(
        @Nullable ConfigMapEnvSource configMapRef,
        @Nullable String prefix,
        @Nullable SecretEnvSource secretRef) {}
