package dev.orchestrator.api.model.apps;

import dev.orchestrator.api.model.Model;
import org.jspecify.annotations.Nullable;

/** How the pods of a stateful set are replaced when its template changes. */
@Model
public record StatefulSetUpdateStrategy(
        @Nullable RollingUpdateStatefulSetStrategy rollingUpdate,
        @Nullable String type) {

    /** With nothing set. */
    public static final StatefulSetUpdateStrategy EMPTY =
            StatefulSetUpdateStrategyBuilder.builder().build();
}
