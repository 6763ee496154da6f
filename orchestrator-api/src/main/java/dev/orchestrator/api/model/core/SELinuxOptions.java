package dev.orchestrator.api.model.core;

import dev.orchestrator.api.model.Model;
import org.jspecify.annotations.Nullable;

/** The SELinux context of a container. */
@Model
public record SELinuxOptions(
        @Nullable String level,
        @Nullable String role,
        @Nullable String type,
        @Nullable String user) {}
