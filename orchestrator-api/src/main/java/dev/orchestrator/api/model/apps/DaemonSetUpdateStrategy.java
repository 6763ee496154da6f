package dev.orchestrator.api.model.apps;

import dev.orchestrator.api.model.Model;
import org.jspecify.annotations.Nullable;

/** How the pods of a daemon set are replaced when its template changes. */
@Model
public record DaemonSetUpdateStrategy(
        @Nullable RollingUpdateDaemonSet rollingUpdate,
        @Nullable String type) {

    /** With nothing set. */
    public static final DaemonSetUpdateStrategy EMPTY =
            DaemonSetUpdateStrategyBuilder.builder().build();
}
