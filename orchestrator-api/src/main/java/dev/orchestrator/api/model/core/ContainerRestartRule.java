package dev.orchestrator.api.model.core;

import dev.orchestrator.api.collect.Immutables;
import dev.orchestrator.api.model.Model;
import dev.orchestrator.api.model.Required;
import org.jspecify.annotations.Nullable;

/** What to do when a container ends in a certain way. */
@Model
public record ContainerRestartRule(
        @Required String action, @Nullable ContainerRestartRuleOnExitCodes exitCodes) {

    /** Copies the collections and fills in what Kubernetes never leaves absent. */
    public ContainerRestartRule {
        action = Immutables.text(action);
    }
}
