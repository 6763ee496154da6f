package dev.orchestrator.api.model.core;

import dev.orchestrator.api.collect.Immutables;
import dev.orchestrator.api.model.Model;
import dev.orchestrator.api.model.Required;
import org.jspecify.annotations.Nullable;

/** A directory filled from a git repository. */
@Model
public record GitRepoVolumeSource(
        @Nullable String directory,
        @Required String repository,
        @Nullable String revision) {

    /** Copies the collections and fills in what Kubernetes never leaves absent. */
    public GitRepoVolumeSource {
        repository = Immutables.text(repository);
    }
}
