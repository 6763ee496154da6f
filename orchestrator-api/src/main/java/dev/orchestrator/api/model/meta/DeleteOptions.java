package dev.orchestrator.api.model.meta;

import java.util.List;

import dev.orchestrator.api.collect.Immutables;
import dev.orchestrator.api.model.Model;
import org.jspecify.annotations.Nullable;

/** How an object is to be deleted. */
@Model
public record DeleteOptions(
        List<String> dryRun,
        @Nullable Long gracePeriodSeconds,
        @Nullable Boolean ignoreStoreReadErrorWithClusterBreakingPotential,
        @Nullable Boolean orphanDependents,
        @Nullable Preconditions preconditions,
        @Nullable String propagationPolicy) {

    /** Copies the collections and fills in what Kubernetes never leaves absent. */
    public DeleteOptions {
        dryRun = Immutables.list(dryRun);
    }
}
