package dev.orchestrator.api.model.batch;

import java.util.List;

import dev.orchestrator.api.collect.Immutables;
import dev.orchestrator.api.model.Model;
import dev.orchestrator.api.model.Required;
import org.jspecify.annotations.Nullable;

/** A condition on the exit codes of containers. */
@Model
public record PodFailurePolicyOnExitCodesRequirement(
        @Nullable String containerName,
        @Required String operator,
        @Required List<Integer> values) {

    /** Copies the collections and fills in what Kubernetes never leaves absent. */
    public PodFailurePolicyOnExitCodesRequirement {
        operator = Immutables.text(operator);
        values = Immutables.list(values);
    }
}
