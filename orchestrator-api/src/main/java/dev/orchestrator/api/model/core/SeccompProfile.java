package dev.orchestrator.api.model.core;

import dev.orchestrator.api.collect.Immutables;
import dev.orchestrator.api.model.Model;
import dev.orchestrator.api.model.Required;
import org.jspecify.annotations.Nullable;

/** The seccomp profile that a container runs under. */
@Model
public record SeccompProfile(
        @Nullable String localhostProfile, @Required String type) {

    /** Copies the collections and fills in what Kubernetes never leaves absent. */
    public SeccompProfile {
        type = Immutables.text(type);
    }
}
