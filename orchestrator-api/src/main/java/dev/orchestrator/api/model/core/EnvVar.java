package dev.orchestrator.api.model.core;

import dev.orchestrator.api.collect.Immutables;
import dev.orchestrator.api.model.Model;
import dev.orchestrator.api.model.Required;
import org.jspecify.annotations.Nullable;

/** One environment variable. */
@Model
public record EnvVar(
        @Required String name,
        @Nullable String value,
        @Nullable EnvVarSource valueFrom) {

    /** Copies the collections and fills in what Kubernetes never leaves absent. */
    public EnvVar {
        name = Immutables.text(name);
    }
}
