package dev.orchestrator.api.model.apps;

import dev.orchestrator.api.model.IntOrString;
import dev.orchestrator.api.model.Model;
import org.jspecify.annotations.Nullable;

/** The bounds of a daemon set's rolling update. */
@Model
public record RollingUpdateDaemonSet(
        @Nullable IntOrString maxSurge, @Nullable IntOrString maxUnavailable) {}
