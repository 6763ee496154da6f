package dev.orchestrator.api.model.core;

import dev.orchestrator.api.model.Model;
import org.jspecify.annotations.Nullable;

/** How clients keep their endpoint. */
@Model
public record SessionAffinityConfig(@Nullable ClientIPConfig clientIP) {}
