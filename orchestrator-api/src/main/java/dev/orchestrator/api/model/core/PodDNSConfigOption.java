package dev.orchestrator.api.model.core;

import dev.orchestrator.api.model.Model;
import org.jspecify.annotations.Nullable;

/** One option of name resolution. */
@Model
public record PodDNSConfigOption(
        @Nullable String name, @Nullable String value) {}
