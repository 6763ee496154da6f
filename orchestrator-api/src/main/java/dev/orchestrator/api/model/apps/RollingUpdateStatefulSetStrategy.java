package dev.orchestrator.api.model.apps;

import dev.orchestrator.api.model.IntOrString;
import dev.orchestrator.api.model.Model;
import org.jspecify.annotations.Nullable;

/** The bounds of a stateful set's rolling update. */
@Model
public record RollingUpdateStatefulSetStrategy(
        @Nullable IntOrString maxUnavailable, @Nullable Integer partition) {}
