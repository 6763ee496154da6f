package dev.orchestrator.api.model.batch;

import java.util.List;

import dev.orchestrator.api.collect.Immutables;
import dev.orchestrator.api.model.Model;

/** Pods of a job that have ended and are not yet in its counters. */
@Model
public record UncountedTerminatedPods(List<String> failed, List<String> succeeded) {

    /** Copies the collections and fills in what Kubernetes never leaves absent. */
    public UncountedTerminatedPods {
        failed = Immutables.list(failed);
        succeeded = Immutables.list(succeeded);
    }
}
