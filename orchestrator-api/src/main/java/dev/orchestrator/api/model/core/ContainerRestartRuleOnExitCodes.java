package dev.orchestrator.api.model.core;

import java.util.List;

import dev.orchestrator.api.collect.Immutables;
import dev.orchestrator.api.model.Model;
import dev.orchestrator.api.model.Required;

/** A condition on the exit code of a container. */
@Model
public record ContainerRestartRuleOnExitCodes(@Required String operator, List<Integer> values) {

    /** Copies the collections and fills in what Kubernetes never leaves absent. */
    public ContainerRestartRuleOnExitCodes {
        operator = Immutables.text(operator);
        values = Immutables.list(values);
    }
}
