package dev.orchestrator.api.model.core;

import java.util.List;

import dev.orchestrator.api.collect.Immutables;
import dev.orchestrator.api.model.Model;
import dev.orchestrator.api.model.Required;

/** User and groups of a container's first process on Linux. */
@Model
public record LinuxContainerUser(
        @Required long gid,
        List<Long> supplementalGroups,
        @Required long uid) {

    /** Copies the collections and fills in what Kubernetes never leaves absent. */
    public LinuxContainerUser {
        supplementalGroups = Immutables.list(supplementalGroups);
    }
}
