package dev.orchestrator.api.model.apps;

import java.util.List;

import dev.orchestrator.api.collect.Immutables;
import dev.orchestrator.api.model.Model;
import dev.orchestrator.api.model.Required;
import org.jspecify.annotations.Nullable;

/** What a daemon set was last seen to be. */
@Model
public record DaemonSetStatus(
        @Nullable Integer collisionCount,
        List<DaemonSetCondition> conditions,
        @Required int currentNumberScheduled,
        @Required int desiredNumberScheduled,
        int numberAvailable,
        @Required int numberMisscheduled,
        @Required int numberReady,
        int numberUnavailable,
        long observedGeneration,
        int updatedNumberScheduled) {

    /** With nothing set. */
    public static final DaemonSetStatus EMPTY = DaemonSetStatusBuilder.builder().build();

    /** Copies the collections and fills in what Kubernetes never leaves absent. */
    public DaemonSetStatus {
        conditions = Immutables.list(conditions);
    }
}
