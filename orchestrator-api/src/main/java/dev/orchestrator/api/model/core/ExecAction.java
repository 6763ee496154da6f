package dev.orchestrator.api.model.core;

import java.util.List;

import dev.orchestrator.api.collect.Immutables;
import dev.orchestrator.api.model.Model;

/** A command to run inside a container. */
@Model
public record ExecAction(List<String> command) {

    /** Copies the collections and fills in what Kubernetes never leaves absent. */
    public ExecAction {
        command = Immutables.list(command);
    }
}
