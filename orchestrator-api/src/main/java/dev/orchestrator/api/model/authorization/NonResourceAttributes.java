package dev.orchestrator.api.model.authorization;

import dev.orchestrator.api.model.Model;
import org.jspecify.annotations.Nullable;

/** What is to be done with a path that is no resource. */
@Model
public record NonResourceAttributes(
        @Nullable String path, @Nullable String verb) {}
