package dev.orchestrator.api.model.core;

import java.util.List;

import dev.orchestrator.api.collect.Immutables;
import dev.orchestrator.api.model.Model;
import org.jspecify.annotations.Nullable;

/** Which nodes a pod prefers or requires. */
@Model
public record NodeAffinity(
        List<PreferredSchedulingTerm> preferredDuringSchedulingIgnoredDuringExecution,
        @Nullable NodeSelector requiredDuringSchedulingIgnoredDuringExecution) {

    /** Copies the collections and fills in what Kubernetes never leaves absent. */
    public NodeAffinity {
        preferredDuringSchedulingIgnoredDuringExecution =
                Immutables.list(preferredDuringSchedulingIgnoredDuringExecution);
    }
}
