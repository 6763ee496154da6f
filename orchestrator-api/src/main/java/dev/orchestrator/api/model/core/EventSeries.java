package dev.orchestrator.api.model.core;

import dev.orchestrator.api.model.MicroTime;
import dev.orchestrator.api.model.Model;
import org.jspecify.annotations.Nullable;

/** Kubernetes EventSeries. */
@Model
public record EventSeries(int count, @Nullable MicroTime lastObservedTime) {}
