package dev.orchestrator.api.model.core;

import dev.orchestrator.api.model.Model;
import org.jspecify.annotations.Nullable;

/** Kubernetes Lifecycle. */
@Model
public record Lifecycle(
        @Nullable LifecycleHandler postStart,
        @Nullable LifecycleHandler preStop,
        @Nullable String stopSignal) {}
