package dev.orchestrator.api.model.core;

import dev.orchestrator.api.model.MicroTime;
import dev.orchestrator.api.model.Model;
import org.jspecify.annotations.Nullable;

/** How often an event has happened again, and when last. */
@Model
public record EventSeries(int count, @Nullable MicroTime lastObservedTime) {}
