package dev.orchestrator.api.model.core;

import dev.orchestrator.api.model.Model;
import org.jspecify.annotations.Nullable;

/** Kubernetes SessionAffinityConfig. */
@Model
public record SessionAffinityConfig(@Nullable ClientIPConfig clientIP) {}
