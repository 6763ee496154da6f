package dev.orchestrator.api.model.core;

import dev.orchestrator.api.model.Model;
import org.jspecify.annotations.Nullable;

/** Lets a pod onto nodes with matching taints. */
@Model
public record Toleration(
        @Nullable String effect,
        @Nullable String key,
        @Nullable String operator,
        @Nullable Long tolerationSeconds,
        @Nullable String value) {}
