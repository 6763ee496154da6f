package dev.orchestrator.api.model.core;

import dev.orchestrator.api.model.Model;
import org.jspecify.annotations.Nullable;

/** Kubernetes SecretEnvSource. */
@Model
public record SecretEnvSource(
        @Nullable String name, @Nullable Boolean optional) {}
