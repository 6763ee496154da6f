package dev.orchestrator.api.model.batch;

import java.util.List;

import dev.orchestrator.api.collect.Immutables;
import dev.orchestrator.api.model.Model;

/** Kubernetes UncountedTerminatedPods. */
@Model
public record UncountedTerminatedPods(List<String> failed, List<String> succeeded) {

    /** Copies the collections and fills in what Kubernetes never leaves absent. */
    public UncountedTerminatedPods {
        failed = Immutables.list(failed);
        succeeded = Immutables.list(succeeded);
    }
}
