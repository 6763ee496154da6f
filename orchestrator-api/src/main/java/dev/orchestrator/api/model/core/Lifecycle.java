package dev.orchestrator.api.model.core;

import dev.orchestrator.api.model.Model;
import org.jspecify.annotations.Nullable;

/** What to do right after a container has started and before it is stopped. */
@Model
public record Lifecycle(
        @Nullable LifecycleHandler postStart,
        @Nullable LifecycleHandler preStop,
        @Nullable String stopSignal) {}
