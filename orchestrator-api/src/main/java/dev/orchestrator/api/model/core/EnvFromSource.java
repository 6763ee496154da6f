package dev.orchestrator.api.model.core;

import dev.orchestrator.api.model.Model;
import org.jspecify.annotations.Nullable;

/** Kubernetes EnvFromSource. */
@Model
public record EnvFromSource(
        @Nullable ConfigMapEnvSource configMapRef,
        @Nullable String prefix,
        @Nullable SecretEnvSource secretRef) {}
